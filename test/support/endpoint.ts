import { Webhook as Verifier } from 'standardwebhooks';
import { expect } from 'vitest';
import { tellWebhooks, type WebhookQueueSetup } from '../../src/domain/webhook-queue.ts';
import type { OutgoingRequest, OutgoingResponse } from '../../src/outgoing/send.ts';
import { days, hours, newTimedCustomer, seconds, type TimedCustomer, utc } from './clock.ts';
import { paths } from './rest.ts';
import { graphql, store } from './world.ts';

export type Answer = (request: OutgoingRequest) => number | Promise<number>;

export interface Endpoint {
  customer: TimedCustomer;
  /** What was sent, in order. */
  sent: OutgoingRequest[];
  /** Works off what is due at this moment of the customer's clock; answers how many were tried. */
  tell(answer?: Answer, more?: Partial<WebhookQueueSetup>): Promise<number>;
  admin(document: string, variables?: object): Promise<any>;
}

let endpoints = 0;

/**
 * A customer whose webhooks are told by the test. Workers take whatever is due in the whole database, so each customer
 * lives in a month of its own, before everything that others store.
 */
export async function newEndpoint(): Promise<Endpoint> {
  const month = new Date(Date.UTC(2019, 0, 1) - endpoints++ * 30 * days);
  const customer = await newTimedCustomer(month);
  const token = await customer.tokenWith(['admin']);
  const sent: OutgoingRequest[] = [];
  return {
    customer,
    sent,
    tell: (answer = () => 200, more = {}) => {
      const send = async (request: OutgoingRequest): Promise<OutgoingResponse> => {
        sent.push(request);
        return { status: await answer(request), headers: {}, body: '' };
      };
      return tellWebhooks({ store, send, now: customer.now, ...more });
    },
    admin: async (document, variables) => {
      const { body } = await graphql(document, variables, { token, app: customer.app });
      expect(body.errors).toBeUndefined();
      return body.data;
    },
  };
}

export const all = ['PHONE_CALL_LOGGED', 'PHONE_CALL_UPDATED', 'CALL_CONTEXT_UPSERTED', 'CHAT_LOGGED'];

export async function createWebhook({ admin, customer }: Endpoint, events = all, url = 'https://hook.example/in') {
  const { createWebhook: made } = await admin(
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { id url events enabled failingSince } } }',
    { input: { url, events } },
  );
  // What is remembered of a credential is a second old at most.
  await new Promise((later) => setTimeout(later, 1000));
  customer.pass(2 * seconds);
  return made as { secret: string; webhook: { id: string } };
}

export const logCall = async ({ customer }: Endpoint, more: object = {}) => {
  const body = {
    direction: 'inbound',
    status: 'completed',
    number_external: '0612345678',
    number_internal: '101',
    start_time_utc: utc(customer.now().getTime() - hours),
    ...more,
  };
  const answer = await customer.rest('POST', paths.calls, { body });
  expect(answer.status).toBe(201);
  return answer.body.call.id as string;
};

export const deliveries = async ({ admin }: Endpoint) =>
  (await admin('{ webhookDeliveries { nodes { id event state attempts message phoneCallId } } }')).webhookDeliveries
    .nodes as { id: string; event: string; state: string; attempts: number; message: string | null }[];

export const webhook = async ({ admin }: Endpoint) =>
  (await admin('{ webhooks { enabled failingSince } }')).webhooks[0];

/** As the reference library verifies it; only its clock is not the test's. */
export function verify(secret: string, { headers, body }: OutgoingRequest) {
  const { 'webhook-id': id = '', 'webhook-timestamp': time, 'webhook-signature': signature = '' } = headers;
  const expected = new Verifier(secret).sign(id, new Date(Number(time) * 1000), body ?? '');
  return signature.split(' ').includes(expected);
}
