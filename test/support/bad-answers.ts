import { isDeepStrictEqual } from 'node:util';
import { legacyName } from './bad-operations.ts';
import type { BadRequest } from './bad-requests.ts';
import { leaks } from './leaks.ts';
import { store } from './world.ts';

/** An answer to a bad request. */
export interface BadAnswer {
  status: number;
  type: string;
  text: string;
  body: any;
  replayed: boolean;
}

/** What is wrong with an answer, whatever was asked. */
export function complain({ status, type, text, body }: BadAnswer): string[] {
  return [
    ...(status >= 500 || text.includes('INTERNAL_SERVER_ERROR') ? ['a failure of the server'] : []),
    ...(/^application\/(graphql-response\+)?json/.test(type) && typeof body === 'object' ? [] : ['not JSON']),
    ...leaks.filter((leak) => leak.test(text)).map((leak) => `a leak (${leak})`),
  ];
}

/** What an answer tells of the thing that a request has stored, if it was taken. */
function echoOf(body: any): Record<string, unknown> | undefined {
  const payload = body.data ? Object.values<any>(body.data)[0] : body;
  if (payload?.call_context_id) return { id: payload.call_context_id };
  return ['contact', 'call', 'callContext', 'chat', 'webhook', 'integration']
    .map((name) => payload?.[name])
    .find(Boolean);
}

export const storedId = (body: any) => echoOf(body)?.id as string | undefined;

const models = {
  createContact: 'contact',
  logPhoneCall: 'phoneCall',
  upsertCallContext: 'callContext',
  logChat: 'chat',
  createWebhook: 'webhook',
} as const;

/** Fields that are kept, and answered, as they were told. */
const kept = [
  ...['lastName', 'firstName', 'civility', 'email', 'customValue', 'source', 'subject', 'body', 'transcription'],
  ...['summary', 'sentiment', 'agentFirstName', 'agentLastName', 'agentEmail', 'queueExtension', 'entityType'],
  ...['entityId', 'recordingUrl', 'name', 'chatMessages', 'agent', 'url'],
];

/** Fields that are kept as they were told beside their canonical form. */
const numbers = ['numberFrom', 'numberTo', 'numberExternal', 'numberInternal', 'numberDid'];

/** Where the answer, or the stored row, says something else than the request. */
export async function differences(
  customerId: string,
  { told, path }: BadRequest,
  answer: BadAnswer,
): Promise<string[]> {
  if (!told || answer.replayed || answer.body.data?.[told.operation]?.replayed) return [];
  const byRest = path !== '/graphql';
  const { prisma } = store.forCustomer(customerId);
  const find = prisma[models[told.operation as keyof typeof models]].findFirst as (query: object) => Promise<any>;
  const row = await find({ where: { id: storedId(answer.body) } });
  const echo = echoOf(answer.body) ?? {};
  const wanted = (name: string) => (byRest ? lenient(told.fields[legacyName(name)]) : (told.fields[name] ?? null));
  const changed = (name: string, place: string, found: unknown, expected: unknown) =>
    isDeepStrictEqual(found, expected) ? [] : [`${name} was ${place} as ${JSON.stringify(found)?.slice(0, 100)}`];
  return [
    ...kept.flatMap((name) => {
      const sent = wanted(name);
      // The id of nobody, on either face.
      const expected = name === 'entityId' && (sent === '' || String(sent).startsWith('placeholder-')) ? null : sent;
      const spelled = byRest ? legacyName(name) : name;
      return [
        ...(name in row ? changed(name, 'kept', row[name], expected) : []),
        ...(spelled in echo ? changed(name, 'answered', echo[spelled], expected) : []),
      ];
    }),
    ...numbers.flatMap((name) => {
      // Without the text of a number, a phone system says that it was hidden.
      const [sent, found] = [wanted(name), row.numbersSent?.[name]];
      return found === undefined || sent === null ? [] : changed(name, 'kept', found, sent);
    }),
    ...(told.operation === 'upsertCallContext' && !isMerged(row) && isPlain(told.fields.context_data)
      ? changed('contextData', 'kept', row.contextData, contextData(told.fields, byRest))
      : []),
  ];
}

const isMerged = (row: { createdAt: Date; updatedAt: Date }) => row.createdAt.getTime() !== row.updatedAt.getTime();

/** Whether a form can tell it apart from everything else: its brackets stand for levels, and it has no empty lists. */
const isPlain = (data: unknown): boolean =>
  typeof data !== 'object' ||
  data === null ||
  (Object.keys(data).length > 0 &&
    Object.entries(data).every(([key, inner]) => !/^$|^__proto__$|[[\]]/.test(key) && isPlain(inner)));

type Entries = { key: string; value?: unknown }[];

/** What the data of a context must be kept as, in whichever form it came. */
function contextData(fields: Record<string, unknown>, byRest: boolean): unknown {
  // In GraphQL, one value alone stands for a list of one.
  if (!byRest) return asJson(fromEntries([fields.contextData ?? []].flat() as Entries));
  const raw = parsed(fields.context_data) ?? [];
  const isList = Object.entries(raw).every(([key, item]) => /^\d+$/.test(key) && isObject(item) && 'key' in item);
  const entries: Entries = isList
    ? Object.values<{ key: string; value: unknown }>(raw as never)
    : Object.entries(raw).map(([key, value]) => ({ key, value }));
  const filled = entries.filter(({ value }) => typeof value !== 'string' || lenient(value) !== null);
  return asJson(
    fromEntries(filled.map(({ key, value }) => ({ key: String(lenient(key)), value: lenientAtAnyDepth(value) }))),
  );
}

const fromEntries = (entries: Entries) => Object.fromEntries(entries.map(({ key, value }) => [key, value ?? null]));

/** Without what JSON cannot tell apart, such as the sign of zero. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

function parsed(value: unknown): object | undefined {
  const text = typeof value === 'string' ? lenient(value) : value;
  if (typeof text !== 'string') return (text ?? undefined) as object | undefined;
  return JSON.parse(text);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function lenientAtAnyDepth(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lenientAtAnyDepth);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lenientAtAnyDepth(inner)]));
  }
  return typeof value === 'string' ? lenient(value) : value;
}

/** How the legacy face reads a value; what is no single value can never have been taken. */
function lenient(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return value;
  const text = String(value).trim();
  return text === '' || /^\[[A-Za-z][\w:.]*\]$/.test(text) ? null : text;
}
