import { describe, expect, test } from 'vitest';
import { countDeliveries } from '../src/domain/delivery-count.ts';
import { createMetrics } from '../src/metrics.ts';
import { fails, newCrmCustomer } from './support/crms.ts';
import { newPerson } from './support/person.ts';
import { logCalls, newContact, paths } from './support/rest.ts';
import { newCustomer, rest, serve, store } from './support/world.ts';

const token = 'scraper-0123456789';

const watched = (count = () => countDeliveries(store)) =>
  serve({ metrics: createMetrics({ token, countDeliveries: count }) });

type App = Pick<ReturnType<typeof serve>, 'fetch'>;

const scrape = (app: App, authorization = `Bearer ${token}`) =>
  app.fetch(new Request('http://test.local/metrics', { headers: { authorization } }));

/** The samples of a metric, each label set with its value. */
async function samples(app: App, name: string): Promise<Record<string, number>> {
  const text = await (await scrape(app)).text();
  const lines = [...text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))];
  return Object.fromEntries(lines.map(([, labels = '', value]) => [labels, Number(value)]));
}

describe('figures of operation', () => {
  test('are not there unless they are switched on', async () => {
    const response = await scrape(serve());
    expect([response.status, await response.json()]).toEqual([
      404,
      { message: 'The route metrics could not be found.', error: 'not_found' },
    ]);
  });

  test.each(['', 'Bearer', 'Bearer scraper-0123456788', `Basic ${token}`, token])(
    'are refused to whoever shows %j',
    async (authorization) => {
      const response = await scrape(watched(), authorization);
      expect([response.status, await response.text()]).toEqual([401, '']);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="metrics"');
    },
  );

  test('are in the format of Prometheus, with those of the process and of its event loop', async () => {
    const response = await scrape(watched(), `bearer ${token}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'nodejs_gc_duration']) {
      expect(text).toContain(`# TYPE ${name}`);
    }
  });

  test('count requests by face, route, method and status, whatever the paths are', async () => {
    const app = watched();
    const customer = await newCustomer({ app });
    await logCalls(customer, {}, {});
    await customer.graphql('{ viewer { scopes } }');
    await rest('GET', paths.calls, { app });
    const secrets = `/api/crm/phone-calls-context/0197f0c4-0000-7000-8000-000000000000/secret`;
    await rest('POST', secrets, { app, body: {} });
    await rest('GET', '/nobody/+33699000041', { app });
    await rest('GET', '/nobody/+33699000042', { app });
    await rest('PROPFIND', '/nobody', { app });
    const labels = (face: string, route: string, method: string, status: number) =>
      `face="${face}",route="${route}",method="${method}",status="${status}"`;
    expect(await samples(app, 'crm_lookup_request_duration_seconds_count')).toEqual({
      [labels('rest', paths.calls, 'POST', 201)]: 2,
      [labels('rest', paths.calls, 'GET', 401)]: 1,
      [labels('rest', '/api/crm/phone-calls-context/:token/:tokenSecret', 'POST', 404)]: 1,
      [labels('graphql', '/graphql', 'POST', 200)]: 1,
      [labels('page', 'none', 'GET', 404)]: 2,
      [labels('page', 'none', 'other', 404)]: 1,
    });
  });

  test('count lookups by how they ended', async () => {
    const app = watched();
    const customer = await newCustomer({ app });
    const { number } = newPerson(43);
    await newContact(customer, { phone: number });
    const search = (phone: string) => customer.rest('GET', `${paths.search}?phone=${encodeURIComponent(phone)}`);
    for (const phone of [number, '+33 699000043', '0600000001', '0600000002'])
      expect((await search(phone)).status).toBe(200);
    expect(await samples(app, 'crm_lookup_lookups_total')).toEqual({
      'outcome="E164"': 1,
      'outcome="NATIONAL"': 1,
      'outcome="NONE"': 2,
    });
  });

  test('tell how many deliveries wait', async () => {
    const metrics = createMetrics({ token, countDeliveries: () => countDeliveries(store) });
    const customer = await newCrmCustomer({ crm: { logPhoneCall: fails } }, { metrics });
    const { app } = customer;
    const { pending = 0, dead = 0 } = await countDeliveries(store);
    await logCalls(customer, {});
    const waiting = await samples(app, 'crm_lookup_deliveries');
    expect(Object.keys(waiting)).toEqual(['state="pending"', 'state="dead"']);
    expect(waiting['state="pending"']).toBeGreaterThan(0);
    expect([pending, dead].every(Number.isInteger)).toBe(true);
  });

  test('are there while the database is not', async () => {
    const app = watched(async () => Promise.reject(new Error('away')));
    expect(await samples(app, 'crm_lookup_deliveries')).toEqual({});
    expect(await samples(app, 'process_start_time_seconds')).toEqual({ '': expect.any(Number) });
  });

  test('of two servers in one process are apart', async () => {
    const [one, other] = [watched(), watched()];
    await rest('GET', '/health', { app: one });
    expect(Object.keys(await samples(other, 'crm_lookup_request_duration_seconds_count'))).toEqual([]);
  });
});
