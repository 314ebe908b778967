import { setTimeout as sleep } from 'node:timers/promises';
import { paths } from './rest.ts';

/** What a client was promised: the answer 201 to the report with this subject. */
export interface Acknowledged {
  subject: string;
  id: string;
}

export interface StubbornClient {
  acknowledged: Acknowledged[];
  /** How often it had to say the same again, and how often the answer told that it was known already. */
  repeats: number;
  replays: number;
  /** With which other statuses it was answered. */
  refusals: Set<number>;
  /** Ends when the report that is under way has been acknowledged. */
  stop(): Promise<void>;
}

/** Some of them, each with callers of its own. */
export const startClients = (url: string, token: string, count = 16): StubbornClient[] =>
  Array.from({ length: count }, (_, index) => startClient(url, token, index));

/** How many reports have been acknowledged until now. */
export const acknowledgedBy = (clients: StubbornClient[]): number =>
  clients.reduce((total, { acknowledged }) => total + acknowledged.length, 0);

/** Reports one call after another, each until it is acknowledged, whatever happens to the server meanwhile. */
function startClient(url: string, token: string, index: number): StubbornClient {
  let stopping = false;
  const client = { acknowledged: [] as Acknowledged[], repeats: 0, replays: 0, refusals: new Set<number>() };
  const running = (async () => {
    for (let count = 0; !stopping; count++) {
      const subject = `${index}-${count}`;
      const body = JSON.stringify({
        direction: 'inbound',
        status: 'completed',
        number_from: `06123456${10 + index}`,
        number_to: '101',
        start_time_utc: new Date(Date.UTC(2026, 2, 1, 10, 0, count)).toISOString(),
        subject,
      });
      let answer = await post(url, token, body);
      for (; answer?.status !== 201; answer = await post(url, token, body)) {
        client.repeats++;
        if (answer) client.refusals.add(answer.status);
        await sleep(100);
      }
      if (answer.replayed) client.replays++;
      client.acknowledged.push({ subject, id: answer.id });
      await sleep(10);
    }
  })();
  return Object.assign(client, {
    stop: () => {
      stopping = true;
      return running;
    },
  });
}

/** Answers null when the connection broke, so that nobody knows what became of the report. */
async function post(url: string, token: string, body: string) {
  try {
    const response = await fetch(`${url}${paths.calls}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    const { call } = (await response.json()) as { call?: { id: string } };
    const replayed = response.headers.get('idempotency-replayed') === 'true';
    return { status: response.status, replayed, id: call?.id ?? '' };
  } catch {
    return null;
  }
}
