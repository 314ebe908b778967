import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { startDue } from '../../src/domain/delivery-queue.ts';
import { openOutgoing } from '../../src/outgoing/outgoing.ts';
import type { Send } from '../../src/outgoing/send.ts';
import { newTimedCustomer, type TimedCustomer } from './clock.ts';
import { paths } from './rest.ts';
import { customersOf, serve, store } from './world.ts';

/** A request as it came over the network. `host` is the one that the template asked for. */
export interface Asked {
  host: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export type Reply = { status?: number; headers?: Record<string, string>; body?: string } | object;
export type Answer = (asked: Asked) => Reply | 'reset' | 'hang';

/** Headers of the connection itself, which no template decides. */
const ownHeaders = /^(host|connection|content-length|x-asked-host|user-agent|accept-encoding)$/;

/** A CRM that really listens, on this machine, and stands for whatever host a template asks. It keeps every request. */
export async function newCrm(answer: Answer): Promise<{ asked: Asked[]; send: Send }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const headers = Object.entries(request.headers).filter(([name]) => !ownHeaders.test(name));
    const seen = {
      host: String(request.headers['x-asked-host']),
      method: request.method ?? '',
      path: request.url ?? '',
      headers: Object.fromEntries(headers) as Record<string, string>,
      body,
    };
    asked.push(seen);
    const reply = answer(seen);
    if (reply === 'hang') return;
    if (reply === 'reset') return void request.socket.destroy();
    const { status: code, body: own } = reply as { status?: unknown; body?: unknown };
    const whole = typeof code === 'number' || typeof own === 'string';
    const {
      status = 200,
      headers: more = {},
      body: text = '',
    } = whole
      ? (reply as { status?: number; headers?: Record<string, string>; body?: string })
      : { body: JSON.stringify(reply) };
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const outgoing = openOutgoing({ allowPrivateTargets: true });
  onTestFinished(async () => {
    await outgoing.close();
    server.close();
    server.closeAllConnections();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send: Send = (request, limits) => {
    const { origin, host, pathname, search } = new URL(request.url);
    if (origin === base) return outgoing.send(request, limits);
    const headers = { ...request.headers, 'x-asked-host': host };
    return outgoing.send({ ...request, headers, url: `${base}${pathname}${search}` }, limits);
  };
  return { asked, send };
}

export interface Connected {
  customer: TimedCustomer;
  integrationId: string;
  asked: Asked[];
  /** Method, host and path of each request, in order; and from then on only of later ones. */
  sent(): string[];
  /** Works off what this customer has to report. */
  deliver(): Promise<number>;
  /** How the last report of this customer stands with the CRM. */
  log(
    kind?: 'calls' | 'chats',
  ): Promise<{ state: string; message: string | null; remote_id: string | null; attempts: number }>;
}

export interface ConnectOptions {
  xml: string;
  parameters?: Record<string, string>;
  answer: Answer;
  timeZone?: string;
  country?: string;
  moment?: string;
}

/**
 * A customer whose only CRM is the one of a template, in the database as an operator puts it there. Its clock stands
 * in a year of its own, because the deliveries of the whole database are worked off by whoever comes.
 */
export async function connectTemplate(options: ConnectOptions): Promise<Connected> {
  const {
    xml,
    parameters = {},
    answer,
    timeZone = 'Europe/Paris',
    country = 'FR',
    moment = '1990-03-01T10:00:00Z',
  } = options;
  const crm = await newCrm(answer);
  const timed = await newTimedCustomer(moment, { send: crm.send });
  await store.operator.customer.update({ where: { id: timed.id }, data: { defaultCountry: country, timeZone } });
  await store.operator.integration.deleteMany({ where: { customerId: timed.id } });
  const integrationId = crypto.randomUUID();
  const configuration = store
    .forCustomer(timed.id)
    .seal(JSON.stringify({ file: xml, parameters }), `integration ${integrationId}`);
  await store.operator.integration.create({
    data: { customerId: timed.id, id: integrationId, connector: '3cx-template', position: 1, configuration },
  });
  const openCustomer = customersOf({ send: crm.send, now: timed.now });
  const app = serve({ openCustomer, now: timed.now });
  const customer: TimedCustomer = {
    ...timed,
    rest: (method, path, more) => timed.rest(method, path, { app, ...more }),
  };
  let told = 0;
  return {
    customer,
    integrationId,
    asked: crm.asked,
    sent: () => {
      const lines = crm.asked.slice(told).map(({ method, host, path }) => `${method} ${host}${path}`);
      told = crm.asked.length;
      return lines;
    },
    deliver: async () => {
      const others = await store.operator.integration.findMany({
        where: { NOT: { customerId: timed.id } },
        select: { id: true },
      });
      const busy = new Set(others.map((other) => other.id));
      const { claimed, done } = await startDue({ store, openCustomer, now: timed.now }, busy);
      await done;
      return claimed;
    },
    log: async (kind = 'calls') => {
      if (kind === 'calls')
        return (await customer.rest('GET', `${paths.calls}?include=logs&sort=-created_at`)).body.data[0].logs[0];
      const row = await store.operator.delivery.findFirstOrThrow({
        where: { customerId: timed.id, chatId: { not: null } },
        orderBy: { createdAt: 'desc' },
      });
      return { ...row, state: row.state.toLowerCase(), remote_id: row.remoteId };
    },
  };
}
