import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legacyName } from './support/bad-operations.ts';
import { type BadRequest, badRequest } from './support/bad-requests.ts';
import { app, newCustomer, store, type TestCustomer } from './support/world.ts';

/** Set BAD_INPUT_SEED to try other requests, or to repeat those of a failure. */
const seed = Number(process.env.BAD_INPUT_SEED ?? 20_260_101);
const requests = 5000;
const atOnce = 8;

/** What must stay inside: stack traces, paths, statements, and the words of the database and its driver. */
const leaks = [
  ...[
    /\n\s+at /,
    /node_modules|\.ts:\d+|file:\/\/\/(?!etc)|\/src\//,
    /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z_*"]+ /,
  ],
  ...[
    /customer_id|contact_numbers|jsonb|timestamptz|pg_|prisma|postgres|pglite/i,
    /syntax error at|invalid input syntax|violates|relation "/,
  ],
  ...[/TypeError|RangeError|SyntaxError|ZodError|URIError|Cannot read|is not a function|is not iterable|Maximum call/],
];

test(`${requests} bad requests: none breaks the server or learns of its inside, and what is taken is kept as it was told`, async () => {
  const customer = await newCustomer();
  const drafts = fc.sample(badRequest, { numRuns: requests, seed });
  const failures: string[] = [];
  const taken: Record<string, number> = {};
  const work = drafts.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [number, draft] of work) {
        const request = draft(number);
        const answer = await send(customer, request);
        const complaints = complain(answer);
        if (complaints.length === 0 && request.told && storedId(answer.body)) {
          const { operation } = request.told;
          taken[operation] = (taken[operation] ?? 0) + 1;
          complaints.push(...(await differences(customer, request, answer)));
        }
        for (const complaint of complaints)
          failures.push(`#${number} ${complaint}: ${show(request)} → ${answer.status} ${answer.text.slice(0, 600)}`);
      }
    }),
  );
  expect(failures.slice(0, 20), `seed ${seed}`).toEqual([]);
  // Otherwise the requests would be too bad to reach anything.
  expect(Object.keys(taken).toSorted()).toEqual(['createContact', 'logChat', 'logPhoneCall', 'upsertCallContext']);
  expect(Math.min(...Object.values(taken))).toBeGreaterThan(50);
}, 120_000);

test('a filter that is both a value and a list of filters is refused', async () => {
  const { token } = await newCustomer();
  const path = '/api/crm/lookup/phone-calls?filter=1&filter[subject]=a';
  expect((await app.fetch(new Request(`http://test.local${path}`, bearer(token)))).status).toBe(400);
});

test('GraphQL variables in a query that are not JSON are the caller’s mistake', async () => {
  const { token } = await newCustomer();
  const path = '/graphql?query={viewer{scopes}}&variables=x';
  const answer = await app.fetch(new Request(`http://test.local${path}`, bearer(token)));
  expect(await answer.text()).not.toContain('INTERNAL_SERVER_ERROR');
});

test('a GraphQL body that is not JSON is refused without the words of the parser', async () => {
  const { token } = await newCustomer();
  const { headers } = bearer(token);
  const init = { method: 'POST', body: '{', headers: { ...headers, 'content-type': 'application/json' } };
  const answer = await app.fetch(new Request('http://test.local/graphql', init));
  expect(await answer.text()).not.toContain('SyntaxError');
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

interface Answer {
  status: number;
  type: string;
  text: string;
  body: any;
  replayed: boolean;
}

async function send({ token }: TestCustomer, { method, path, headers, body }: BadRequest): Promise<Answer> {
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

/** What is wrong with an answer, whatever was asked. */
function complain({ status, type, text, body }: Answer): string[] {
  return [
    ...(status >= 500 || text.includes('INTERNAL_SERVER_ERROR') ? ['a failure of the server'] : []),
    ...(/^application\/(graphql-response\+)?json/.test(type) && typeof body === 'object' ? [] : ['not JSON']),
    ...leaks.filter((leak) => leak.test(text)).map((leak) => `a leak (${leak})`),
  ];
}

/** The id of what a request has stored, if it was taken. */
function storedId(body: any): string | undefined {
  const payload = body.data ? Object.values(body.data)[0] : body;
  const { contact, call, callContext, chat, call_context_id } = payload ?? {};
  return call_context_id ?? (contact ?? call ?? callContext ?? chat)?.id;
}

const models = {
  createContact: 'contact',
  logPhoneCall: 'phoneCall',
  upsertCallContext: 'callContext',
  logChat: 'chat',
} as const;

/** Fields that are kept as they were told. */
const kept = [
  ...['lastName', 'firstName', 'civility', 'email', 'customValue', 'source', 'subject', 'body', 'transcription'],
  ...['summary', 'sentiment', 'agentFirstName', 'agentLastName', 'agentEmail', 'queueExtension', 'entityType'],
  ...['entityId', 'recordingUrl', 'name', 'chatMessages', 'agent'],
];

/** Where the stored row says something else than the request. */
async function differences(customer: TestCustomer, { told, path }: BadRequest, answer: Answer): Promise<string[]> {
  if (!told || answer.replayed || answer.body.data?.[told.operation]?.replayed) return [];
  const { prisma } = store.forCustomer(customer.id);
  const find = prisma[models[told.operation as keyof typeof models]].findFirst as (query: object) => Promise<any>;
  const row = await find({ where: { id: storedId(answer.body) } });
  return kept.flatMap((name) => {
    const sent = path === '/graphql' ? (told.fields[name] ?? null) : lenient(told.fields[legacyName(name)]);
    // The id of nobody, on either face.
    const expected = name === 'entityId' && (sent === '' || String(sent).startsWith('placeholder-')) ? null : sent;
    const differs = name in row && row[name] !== expected;
    return differs ? [`${name} was kept as ${JSON.stringify(row[name])?.slice(0, 100)}`] : [];
  });
}

/** How the legacy face reads a value; what is no single value can never have been taken. */
function lenient(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return value;
  const text = String(value).trim();
  return text === '' || /^\[[A-Za-z][\w:.]*\]$/.test(text) ? null : text;
}

const show = ({ method, path, headers, body }: BadRequest) =>
  `${method} ${path.slice(0, 300)} ${headers['content-type'] ?? ''} ${typeof body === 'string' ? JSON.stringify(body.slice(0, 400)) : (body ?? '')}`;
