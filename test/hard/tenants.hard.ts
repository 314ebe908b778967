import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { tellWebhooks } from '../../src/domain/webhook-queue.ts';
import type { Send } from '../../src/outgoing/send.ts';
import { everyRow } from '../support/at-rest.ts';
import { subscribe } from '../support/sse.ts';
import { draftCommands } from '../support/tenant-commands.ts';
import { addressee, createCustoms, newTenants, type Tenant } from '../support/tenants.ts';
import { store } from '../support/world.ts';
import { sized, tell } from './rig.ts';

/** Set TENANTS_SEED to the seed that a run tells, to repeat it. */
const seed = Number(process.env.TENANTS_SEED ?? sized(Date.now() % 1_000_000_000, 20_260_101));
const parts = sized(20, 1);
const commands = sized(1000, 400);
const customers = 5;
const atOnce = 8;

const figures = { seed, commands: 0, 'log lines': 0, 'told to webhooks': 0, events: 0, foreign: 0 };
afterAll(() => tell('tenants', figures));

test.each(Array.from({ length: parts }, (_, part) => part + 1))(
  `nobody is told of another customer, part %i of ${parts}`,
  async (part) => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const tenants = await newTenants(customers, { log });
    const customs = createCustoms(tenants);
    const foreign: string[] = [];
    const check = (what: string, tenant: Tenant | null, text: string) => {
      for (const found of customs.foreign(tenant, text)) foreign.push(`${what}: ${found} in ${text.slice(0, 300)}`);
    };

    const streams = await Promise.all(
      tenants.map(async (tenant) => {
        const query = 'subscription { phoneCallLogged { id subject body contact { lastName } logs { integration } } }';
        return { tenant, stream: await subscribe({ token: tenant.token, query, app: tenant.customer.app }) };
      }),
    );
    const askers = new Map<string, Tenant>();
    let cursor = '';
    const work = draftCommands(seed + part, commands, customers).values();
    const one = async () => {
      for (const { who, other, command, own, dice } of work) {
        const [me, them] = [tenants[who] as Tenant, tenants[other] as Tenant];
        const ids = customs.ids(own ? me : them);
        const id = ids[((dice[4] ?? 0) * 7 + (dice[5] ?? 0)) % ids.length] as string;
        const request = command({ me, theirPrefix: them.prefix, id, cursor, dice });
        const body = request.body && JSON.stringify(request.body);
        const headers = { authorization: `Bearer ${me.token}`, 'content-type': 'application/json', ...request.headers };
        customs.hear(me, `${request.path} ${body}`);
        const answer = await me.customer.app.fetch(
          new Request(`http://test.local${request.path}`, { method: request.method, headers, body }),
        );
        const text = await answer.text();
        askers.set(answer.headers.get('x-request-id') ?? '', me);
        answer.headers.delete('x-request-id');
        const told = [...answer.headers].map((pair) => pair.join(': ')).join('\n');
        check(`${request.method} ${request.path} ${body ?? ''}`, me, `${told}\n${text}`);
        if (answer.status >= 500) foreign.push(`${answer.status} of ${request.path} ${body}: ${text.slice(0, 300)}`);
        cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? cursor;
        figures.commands++;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));

    const send: Send = async (request) => {
      figures['told to webhooks']++;
      check(`webhook ${request.url}`, addressee(tenants, request), JSON.stringify(request));
      return { status: 200, headers: {}, body: '' };
    };
    while ((await tellWebhooks({ store, send, now: () => new Date() })) > 0);
    for (const { tenant, stream } of streams) {
      const events = await drained(stream.next);
      figures.events += events.length;
      for (const event of events) check('event', tenant, JSON.stringify(event));
      await stream.cut();
    }
    for (const line of lines) check('log', askers.get(JSON.parse(line).requestId) ?? null, line);
    for (const { id, customerId, text } of await everyRow()) {
      const tenant = tenants.find(({ customer }) => customer.id === customerId);
      const strangers = tenants.filter((other) => other !== tenant);
      const told = customs.owners.get(id ?? '');
      if (told && told !== tenant) foreign.push(`id ${id} of ${customerId} was told to ${told.customer.id}`);
      if (strangers.some(({ canary }) => text.includes(canary))) foreign.push(`kept for ${customerId}: ${text}`);
    }
    figures['log lines'] += lines.length;
    figures.foreign += foreign.length;
    expect(foreign.slice(0, 20), `TENANTS_SEED=${seed}`).toEqual([]);
    // Otherwise nothing would be shown by finding nothing.
    expect(Math.min(...customs.told())).toBeGreaterThan(commands / 40);
  },
);

/** What a stream holds until nothing comes for a moment. */
async function drained<Event>(next: () => Promise<Event | null>): Promise<Event[]> {
  const events: Event[] = [];
  for (;;) {
    const event = await Promise.race([next(), new Promise<null>((later) => setTimeout(later, 300, null))]);
    if (event === null) return events;
    events.push(event);
  }
}
