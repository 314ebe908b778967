import { stored } from './report.ts';
import { paths } from './rest.ts';
import type { TestCustomer } from './world.ts';

/** What a call shows of its contexts, asked in GraphQL. */
export interface CallLife {
  id: string;
  subject: string | null;
  numberDid: string | null;
  callContextId: string | null;
  contextData: Record<string, unknown> | null;
  context: { id: string; call: { id: string } | null } | null;
  segments: {
    order: number;
    dnType: string;
    dn: string | null;
    answered: boolean;
    startTime: string;
    endTime: string;
  }[];
}

const callFields = `id subject numberDid callContextId contextData context { id call { id } }
  segments { order dnType dn answered startTime endTime }`;

/** Saves a context of an inbound call from one mobile, unless it says otherwise; answers its id. */
export async function saveContext(customer: TestCustomer, fields: object = {}): Promise<string> {
  const body = { direction: 'inbound', number_from: '0612345678', ...fields };
  return stored(await customer.rest('POST', paths.context, { body })).call_context_id;
}

/** Logs a call of three minutes from that mobile, unless it says otherwise; answers its id. */
export async function logCall(customer: TestCustomer, fields: object = {}): Promise<string> {
  const body = {
    direction: 'inbound',
    status: 'completed',
    number_external: '0612345678',
    number_internal: '101',
    start_time_utc: '2026-03-01T10:00:00Z',
    duration: 180,
    ...fields,
  };
  return stored(await customer.rest('POST', paths.calls, { body })).call.id;
}

export async function lifeOf(customer: TestCustomer, id: string): Promise<CallLife> {
  const { body } = await customer.graphql(`query ($id: ID!) { phoneCall(id: $id) { ${callFields} } }`, { id });
  return body.data.phoneCall;
}

/** The lives of all calls with a number, in order of their start. */
export async function livesOf(customer: TestCustomer, number: string, first = 100): Promise<CallLife[]> {
  const { body } = await customer.graphql(
    `query ($number: String!, $first: Int!) {
      phoneCalls(filter: { number: $number }, first: $first, orderBy: [{ field: START_TIME, direction: ASC }]) {
        nodes { ${callFields} }
      }
    }`,
    { number, first },
  );
  return body.data.phoneCalls.nodes;
}
