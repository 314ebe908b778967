import { setTimeout as sleep } from 'node:timers/promises';
import { paths } from './rest.ts';

/** How one request fared; moments are those of `performance.now()`, in milliseconds. */
export interface Answered {
  kind: string;
  sent: number;
  answered: number;
  /** Null where the connection broke. */
  status: number | null;
  /** What the database must have, if this was answered 201. */
  id: string | null;
}

interface Probe {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  /** Where the answer to a creation has its id. */
  idOf?(body: any): string;
}

const number = (count: number) => `06${String(10_000_000 + count)}`;
const graphql = (query: string) => ({ method: 'POST' as const, path: '/graphql', body: { query } });

/** One request of every kind that a telephone system sends, and of those that look at what it sent. */
const probes = (count: number): Record<string, Probe> => {
  const call = {
    direction: 'inbound',
    status: 'completed',
    number_from: number(count),
    number_to: '101',
    start_time_utc: new Date(Date.UTC(2026, 3, 1) + count * 1000).toISOString(),
  };
  const report: Probe = { method: 'POST', path: paths.calls, body: call, idOf: (body) => body.call.id };
  const context = { direction: 'inbound', number_from: number(count), start_time_utc: call.start_time_utc };
  return {
    lookup: { method: 'GET', path: `${paths.search}?phone=${number(count)}` },
    call: report,
    'call repeated': report,
    'call again': report,
    context: { method: 'POST', path: paths.context, body: context, idOf: (body) => body.call_context_id },
    contact: {
      ...{ method: 'POST', path: paths.contacts, idOf: (body) => body.contact.id },
      body: { last_name: `Durand ${count}`, phone: number(count) },
    },
    chat: {
      ...{ method: 'POST', path: paths.chats, idOf: (body) => body.chat.id },
      body: { email: `anne.${count}@example.com`, start_time_utc: call.start_time_utc },
    },
    list: { method: 'GET', path: `${paths.calls}?include=segments,logs` },
    graphql: graphql('{ phoneCalls(first: 20) { totalCount nodes { id segments { id } logs { id } } } }'),
    'graphql log': graphql(`mutation { logPhoneCall(input: { direction: INBOUND, status: COMPLETED,
      numberFrom: "${number(count)}", numberTo: "102", startTime: "${call.start_time_utc}" }) { call { id } } }`),
    ready: { method: 'GET', path: '/ready' },
  };
};

async function send(url: string, token: string, kind: string, { method, path, body, idOf }: Probe): Promise<Answered> {
  const sent = performance.now();
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    const answer: any = await response.json();
    const code = answer.errors?.[0]?.extensions?.code;
    const status = code ? (code === 'SERVICE_UNAVAILABLE' ? 503 : 500) : response.status;
    const id = status === 201 && idOf ? idOf(answer) : null;
    return { kind, sent, answered: performance.now(), status, id };
  } catch {
    return { kind, sent, answered: performance.now(), status: null, id: null };
  }
}

/**
 * Sends one of every kind at a steady pace, whatever became of those before. Ends, with what was answered, when the
 * last is answered.
 */
export function startProbing(url: string, token: string, everyMs: number, first: number) {
  const underway: Promise<Answered>[] = [];
  const stopping = new AbortController();
  const running = (async () => {
    for (let count = first; !stopping.signal.aborted; count++) {
      for (const [kind, probe] of Object.entries(probes(count))) underway.push(send(url, token, kind, probe));
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    stop: async (): Promise<Answered[]> => {
      stopping.abort();
      await running;
      return Promise.all(underway);
    },
  };
}
