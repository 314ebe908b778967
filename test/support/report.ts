import { expect } from 'vitest';
import { paths } from './rest.ts';
import { type Answer, store, type TestCustomer } from './world.ts';

/** A call report in the legacy spelling and in GraphQL's, both saying the same. */
export const legacyCall = {
  direction: 'inbound',
  status: 'completed',
  number_from: '0612345678',
  number_to: '101',
  start_time_utc: '2026-03-01T10:00:00Z',
  end_time_utc: '2026-03-01T10:03:00Z',
};
export const graphqlCall = {
  direction: 'INBOUND',
  status: 'COMPLETED',
  numberFrom: '0612345678',
  numberTo: '101',
  startTime: '2026-03-01T10:00:00Z',
  endTime: '2026-03-01T10:03:00Z',
};

export const legacyChat = { email: 'anne@example.com', start_time_utc: '2026-03-01T10:00:00Z', chat_messages: 'Hello' };
export const graphqlChat = { email: 'anne@example.com', startTime: '2026-03-01T10:00:00Z', chatMessages: 'Hello' };

/** How a report was answered, whichever face took it. */
export interface Logged {
  id: string | undefined;
  replayed: boolean;
  /** The code or legacy word of a refusal. */
  refused: string | null;
}

export type LogReport = (customer: TestCustomer, report: object, key?: string) => Promise<Logged>;

const overRest =
  (path: string, noun: string): LogReport =>
  async (customer, body, key) => {
    const answer = await customer.rest('POST', path, { body, headers: key ? { 'idempotency-key': key } : {} });
    return {
      id: answer.body[noun]?.id,
      replayed: answer.headers.get('idempotency-replayed') === 'true',
      refused: answer.status === 201 ? null : `${answer.status} ${answer.body.error}`,
    };
  };

const overGraphql =
  (field: string, noun: string): LogReport =>
  async (customer, report, idempotencyKey) => {
    const type = `L${field.slice(1)}Input`;
    const { body } = await customer.graphql(
      `mutation ($input: ${type}!) { ${field}(input: $input) { replayed ${noun} { id } } }`,
      { input: { ...report, idempotencyKey } },
    );
    const payload = body.data?.[field];
    const failure = body.errors?.[0]?.extensions;
    return {
      id: payload?.[noun].id,
      replayed: payload?.replayed ?? false,
      refused: failure ? `${failure.code} ${failure.reason}` : null,
    };
  };

export const logCallByRest = overRest(paths.calls, 'call');
export const logCallByGraphql = overGraphql('logPhoneCall', 'call');
export const logChatByRest = overRest(paths.chats, 'chat');
export const logChatByGraphql = overGraphql('logChat', 'chat');

/** The body of an answer that must have stored something. */
export function stored({ status, body }: Answer) {
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** How many rows a customer has of what reports make. */
export async function countRows({ id: customerId }: TestCustomer) {
  const where = { customerId };
  const [calls, chats, deliveries, keys, contexts] = await Promise.all([
    store.operator.phoneCall.count({ where }),
    store.operator.chat.count({ where }),
    store.operator.delivery.count({ where }),
    store.operator.idempotencyKey.count({ where }),
    store.operator.callContext.count({ where }),
  ]);
  return { calls, chats, deliveries, keys, contexts };
}
