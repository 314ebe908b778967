import fc from 'fast-check';
import { type BadAnswer, complain, differences, storedId } from './bad-answers.ts';
import { type BadRequest, badRequest } from './bad-requests.ts';
import { app, newCustomer } from './world.ts';

const atOnce = 8;

export interface BadRequestFindings {
  /** What is wrong with answers, each with its request, so that it can be repeated. */
  failures: string[];
  /** How many requests were taken in spite of everything, and compared with what is stored, by operation. */
  taken: Record<string, number>;
  /** How many answers there were of each status. */
  statuses: Record<number, number>;
}

/** Sends so many bad requests of a seed to the server within this process, for a customer of their own. */
export async function tryBadRequests(seed: number, requests: number): Promise<BadRequestFindings> {
  const customer = await newCustomer();
  const token = await customer.tokenWith(['client', 'crm', 'admin']);
  const found: BadRequestFindings = { failures: [], taken: {}, statuses: {} };
  const work = fc.sample(badRequest, { numRuns: requests, seed }).entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [number, draft] of work) {
        const request = draft(number);
        const answer = await send(token, request);
        found.statuses[answer.status] = (found.statuses[answer.status] ?? 0) + 1;
        const complaints = complain(answer);
        if (complaints.length === 0 && request.told && storedId(answer.body)) {
          const { operation } = request.told;
          found.taken[operation] = (found.taken[operation] ?? 0) + 1;
          complaints.push(...(await differences(customer.id, request, answer)));
        }
        for (const complaint of complaints) {
          found.failures.push(
            `#${number} of seed ${seed}: ${complaint}: ${show(request)} → ${answer.status} ${answer.text.slice(0, 600)}`,
          );
        }
      }
    }),
  );
  return found;
}

async function send(token: string, { method, path, headers, body }: BadRequest): Promise<BadAnswer> {
  const response = await app.fetch(
    new Request(`http://test.local${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, ...headers },
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    body: parse(text),
    replayed: response.headers.get('idempotency-replayed') !== null,
  };
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const show = ({ method, path, headers, body }: BadRequest) =>
  `${method} ${path.slice(0, 300)} ${headers['content-type'] ?? ''} ${typeof body === 'string' ? JSON.stringify(body.slice(0, 400)) : (body ?? '')}`;
