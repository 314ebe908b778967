import fc from 'fast-check';
import { paths } from './rest.ts';
import type { Tenant } from './tenants.ts';

/** What a random command knows: who does it, another one, some id of theirs, and dice. */
export interface Turn {
  me: Tenant;
  /** How the word of another one begins. */
  theirPrefix: string;
  /** An id of mine or, as often, of another. */
  id: string;
  /** A cursor that some list has told anybody. */
  cursor: string;
  dice: number[];
}

export interface TenantRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

// All customers speak of the same people, at the same times, with the same keys.
const numbers = ['0612345671', '+33612345672', '06 12 34 56 73', '101', 'anonymous'];
const pick = <Item>(items: readonly Item[], die = 0) => items[die % items.length] as Item;
const number = ({ dice }: Turn) => pick(numbers, dice[0]);
const minute = ({ dice: [, die = 0] }: Turn) =>
  new Date(Date.UTC(2026, 2, 1, 10, die % 40)).toISOString().replace('.000Z', 'Z');
const key = ({ dice: [, , die = 0] }: Turn): Record<string, string> =>
  die % 3 === 0 ? { 'idempotency-key': `key-${die % 12}` } : {};
const email = ({ me, dice: [, , die = 0] }: Turn) =>
  die % 2 === 0 ? `person${die % 4}@shared.example` : `${me.canary}@example.com`;

const texts = (turn: Turn, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `${name} ${turn.me.canary} ${turn.dice[3]}`]));

const post =
  (path: string, body: (turn: Turn) => object) =>
  (turn: Turn): TenantRequest => ({ method: 'POST', path, headers: key(turn), body: body(turn) });

const ask =
  (query: string, variables: (turn: Turn) => object = () => ({})) =>
  (turn: Turn): TenantRequest => ({ method: 'POST', path: '/graphql', body: { query, variables: variables(turn) } });

const agent = ['agent_first_name', 'agent_last_name', 'queue_extension', 'source', 'subject', 'entity_type'];
const call = (turn: Turn) => ({
  direction: 'inbound',
  status: pick(['completed', 'Missed'], turn.dice[2]),
  number_from: number(turn),
  number_to: '101',
  start_time_utc: minute(turn),
  duration: 60,
  entity_id: turn.id,
  agent_email: email(turn),
  recording_url: `https://example.com/${turn.me.canary}`,
  ...texts(turn, ...agent, 'body', 'transcription', 'summary', 'sentiment'),
});
const context = (turn: Turn) => ({
  direction: 'inbound',
  number_from: number(turn),
  start_time_utc: minute(turn),
  context_data: { [turn.me.canary]: turn.me.canary, shared: { deep: turn.me.canary } },
  ...texts(turn, 'source'),
});
const everyCall = `id subject body summary agentFirstName contextData entityId recordingUrl context { id contextData { key value } }
  contact { id lastName entityUrl } logs { id integration message remoteUrl } segments { id displayName }`;
const list = (path: string) => (turn: Turn) => ({
  method: 'GET',
  path: `${path}?${new URLSearchParams({ 'filter[subject]': turn.theirPrefix, cursor: turn.cursor, include: 'segments,logs' })}`,
});

/** Everything that a customer can do, its operator included; some of it more than once, as it is done more often. */
const commands: ((turn: Turn) => TenantRequest)[] = [
  ...[post(paths.calls, call), post(paths.calls, call), post(paths.context, context), post(paths.context, context)],
  post(paths.contacts, (turn) => ({
    phone: number(turn),
    email: email(turn),
    ...texts(turn, 'last_name', 'first_name', 'civility', 'custom_value'),
  })),
  post(paths.chats, (turn) => ({
    email: email(turn),
    start_time_utc: minute(turn),
    entity_id: turn.id,
    ...texts(turn, ...agent, 'chat_messages', 'name', 'agent'),
  })),
  (turn) => ({
    ...post('', context)(turn),
    path: `/api/crm/phone-calls-context/${turn.me.pair.token}/${turn.me.pair.tokenSecret}`,
  }),
  (turn) => ({
    method: 'GET',
    path: `${paths.search}?${new URLSearchParams({ phone: number(turn), email: email(turn) })}`,
  }),
  (turn) => ({
    method: 'GET',
    path: `${paths.search}?${new URLSearchParams({ email: email(turn), display_name: turn.me.canary })}`,
  }),
  (turn) => ({
    method: 'GET',
    path: `${paths.calls}?include=segments,logs&per_page=100&page=${(turn.dice[0] ?? 0) % 3}`,
  }),
  list(paths.calls),
  list('/export/phone-calls.ndjson'),
  () => ({ method: 'GET', path: '/export/phone-calls.csv' }),
  // What is refused tells nothing of others either.
  post(paths.calls, (turn) => ({ ...call(turn), duration: turn.me.canary, status: turn.id })),
  (turn) => ({ method: 'GET', path: `/api/crm/${turn.theirPrefix}/${turn.id}` }),
  ask('{ viewer { workspace { id name } customer { id name } scopes } }'),
  ask(
    `query ($id: ID!) { contact(id: $id) { id lastName entityUrl phoneCalls { nodes { ${everyCall} } } chats { nodes { id chatMessages } } } }`,
    ({ id }) => ({ id }),
  ),
  ask(`query ($id: ID!) { phoneCall(id: $id) { ${everyCall} } }`, ({ id }) => ({ id })),
  ask(
    `query ($phone: String) { contactSearch(phone: $phone, placeholder: true) { match { integration } contacts { id lastName customValue entityUrl } } }`,
    (turn) => ({ phone: number(turn) }),
  ),
  ask(
    `query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter, first: 50) { totalCount nodes { ${everyCall} } } }`,
    (turn) => ({
      filter: pick<object>(
        [{ search: turn.theirPrefix }, { contactId: turn.id }, { number: number(turn) }, {}],
        turn.dice[1],
      ),
    }),
  ),
  ask(
    `query ($after: String) { phoneCalls(after: $after) { nodes { ${everyCall} } pageInfo { endCursor } } }`,
    ({ cursor }) => ({ after: cursor }),
  ),
  ask(
    '{ callStats(groupBy: [AGENT, QUEUE, SOURCE]) { total { calls } rows { key { value } measures { calls } drillDown } } }',
  ),
  ask('query ($person: PersonInput!) { personRecord(person: $person) }', (turn) => ({
    person: pick<object>([{ number: number(turn) }, { email: email(turn) }, { contactId: turn.id }], turn.dice[1]),
  })),
  ask(
    'query ($id: ID) { webhooks { id url } webhookDeliveries(webhookId: $id) { totalCount nodes { id message phoneCallId } } }',
    ({ id }) => ({ id }),
  ),
  ask('{ integrations { id name parameters { name value } problems { message } } }'),
  ask(
    'mutation ($id: ID!, $input: IntegrationInput!) { updateIntegration(id: $id, input: $input) { id name parameters { value } } }',
    ({ id, me }) => ({ id, input: { name: me.canary } }),
  ),
  ask(
    'mutation ($id: ID!) { testIntegration(id: $id, phone: "0612345671") { records { fields } requests { url } } }',
    ({ id }) => ({ id }),
  ),
  ask('mutation ($id: ID!) { redeliver(id: $id) { id message } }', ({ id }) => ({ id })),
  ask('mutation ($id: ID!) { rotateWebhookSecret(id: $id) { webhook { id url } } }', ({ id }) => ({ id })),
  ask(
    'mutation ($id: ID!, $url: String!) { updateWebhook(id: $id, input: { url: $url }) { id url } }',
    ({ id, me }) => ({ id, url: `https://${me.canary}.example/again` }),
  ),
  ask('mutation ($id: ID!) { redeliverToWebhook(id: $id) { id message } }', ({ id }) => ({ id })),
  ask('mutation ($id: ID!) { eraseContact(id: $id) { contacts phoneCalls } }', ({ id }) => ({ id })),
  ask(
    'mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed call { id subject } } }',
    ({ me, id }) => ({ input: { direction: me.canary, [me.canary]: id } }),
  ),
];

export interface Draft {
  who: number;
  other: number;
  command: (turn: Turn) => TenantRequest;
  own: boolean;
  dice: number[];
}

/** Random commands for so many customers, the same for the same seed. */
export const draftCommands = (seed: number, count: number, tenants: number): Draft[] =>
  fc.sample(
    fc.record({
      who: fc.nat(tenants - 1),
      other: fc.nat(tenants - 1),
      command: fc.constantFrom(...commands),
      own: fc.boolean(),
      dice: fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }),
    }),
    { seed, numRuns: count },
  );
