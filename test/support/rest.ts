import { expect } from 'vitest';
import { type Answer, publicUrl, type TestCustomer } from './world.ts';

export const paths = {
  search: '/api/crm/lookup/contacts/search',
  contacts: '/api/crm/lookup/contacts',
  calls: '/api/crm/lookup/phone-calls',
  context: '/api/crm/lookup/phone-calls/context',
  chats: '/api/crm/lookup/chats',
};

/** Any id that the server made. */
export const anyId = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Any time in the form of the legacy face. */
export const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** A contact's page on this server, whoever it is. */
export const anyContactPage = expect.stringMatching(
  new RegExp(`^${publicUrl}/contacts/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
);

/** A whole contact, of which only this is known. */
export const contact = (known: object) => ({
  id: anyId,
  civility: null,
  first_name: null,
  last_name: null,
  email: null,
  company: null,
  website: null,
  phone_business_1: null,
  phone_business_2: null,
  phone_mobile_1: null,
  phone_mobile_2: null,
  phone_home: null,
  phone_other: null,
  entity_url: anyContactPage,
  entity_type: null,
  custom_value: null,
  matched_number: null,
  is_placeholder: false,
  ...known,
});

/** A whole call, of which only this is known. */
export const call = (known: object) => ({
  id: anyId,
  direction: 'inbound',
  status: 'completed',
  answered: true,
  number_from: '+33612345678',
  number_to: '101',
  number_external: '+33612345678',
  number_internal: '101',
  number_did: null,
  source: null,
  duration: null,
  start_time: null,
  end_time: null,
  subject: null,
  body: null,
  recording_url: null,
  transcription: null,
  summary: null,
  sentiment: null,
  agent_first_name: null,
  agent_last_name: null,
  agent_email: null,
  queue_extension: null,
  contact_id: null,
  entity_type: null,
  entity_id: null,
  call_context_id: null,
  context_data: null,
  created_at: anyTime,
  updated_at: anyTime,
  ...known,
});

/** A whole chat, of which only this is known. */
export const chat = (known: object) => ({
  id: anyId,
  email: null,
  number_external: null,
  source: null,
  name: null,
  start_time: null,
  end_time: null,
  duration: null,
  subject: null,
  chat_messages: null,
  queue_extension: null,
  entity_type: null,
  entity_id: null,
  agent: null,
  agent_first_name: null,
  agent_last_name: null,
  agent_email: null,
  contact_id: null,
  created_at: anyTime,
  updated_at: anyTime,
  ...known,
});

export const savedCall = (known: object = {}) => ({
  response: 'success',
  message: 'Call saved successfully.',
  call: call(known),
});

export const savedChat = (known: object = {}) => ({
  response: 'success',
  message: 'Chat saved successfully.',
  chat: chat(known),
});

export const savedContext = {
  response: 'success',
  message: 'Call context saved successfully.',
  call_context_id: anyId,
};

/** The refusal of these fields, each with one sentence. */
export function refusedFields(fields: Record<string, string>) {
  const hint = Object.values(fields);
  const more = hint.length - 1;
  return {
    response: 'bad request: please check body parameters.',
    hint,
    message: `${hint[0]}${more === 0 ? '' : ` (and ${more} more error${more === 1 ? '' : 's'})`}`,
    error: 'validation_failed',
    errors: Object.fromEntries(Object.entries(fields).map(([name, sentence]) => [name, [sentence]])),
  };
}

/** The refusal of a filter, sort or include. */
export const refusedQuery = (message: string) => ({
  response: 'bad request: please check body parameters.',
  hint: [message],
  message,
  error: 'invalid_query',
});

/** What is compared of most answers. */
export const statusAndBody = ({ status, body }: Answer) => ({ status, body });

/** The least that a call must tell. */
export const report = { direction: 'inbound', status: 'completed', number_from: '0612345678', number_to: '101' };

/** Logs calls one after another, each begun an hour after the one before unless it says otherwise; answers their ids. */
export async function logCalls(customer: TestCustomer, ...reports: object[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, more] of reports.entries()) {
    const start_time_utc = new Date(Date.UTC(2026, 2, 1, 8 + index)).toISOString();
    const { status, body } = await customer.rest('POST', paths.calls, { body: { ...report, start_time_utc, ...more } });
    expect(status, JSON.stringify(body)).toBe(201);
    ids.push(body.call.id);
  }
  return ids;
}

/** Logs a call at a server that runs in a process of its own; answers the call's id. */
export async function postCall({ url, token }: { url: string; token: string }, more: object = {}): Promise<string> {
  const response = await fetch(`${url}${paths.calls}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...report, ...more }),
  });
  expect(response.status).toBe(201);
  return (await response.json()).call.id;
}

/** Creates a contact and answers its id. */
export async function newContact(customer: TestCustomer, fields: object): Promise<string> {
  const { status, body } = await customer.rest('POST', paths.contacts, { body: { last_name: 'Durand', ...fields } });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.contact.id;
}
