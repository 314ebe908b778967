import { stored } from './report.ts';
import { newContact, paths } from './rest.ts';
import { store, type TestCustomer } from './world.ts';

/** Somebody whose every trace can be told from everybody else's. */
export interface Person {
  /** As the person writes it. */
  number: string;
  email: string;
  /** Of this one stands in every text and every form of the number. */
  words: string[];
}

export function newPerson(nth: number): Person {
  const digits = `6${99_000_000 + nth}`;
  const email = `Zebulon.${nth}@Example.com`;
  const number = `0${digits}`.replace(/(..)(?=.)/g, '$1 ');
  return { number, email, words: [`zebulon.${nth}`, digits, number, digits.slice(-7)] };
}

/** Leaves traces of a person wherever a report, a CRM or an operator can leave one, on this day; answers the contact's id. */
export async function leaveTraces(
  customer: TestCustomer,
  { number, email, words }: Person,
  day = '2026-03-01',
): Promise<string> {
  const word = words[0] as string;
  const contactId = await newContact(customer, {
    last_name: word,
    first_name: word,
    civility: word,
    email,
    phone: number,
    custom_value: word,
  });
  const post = async (path: string, body: object, key: string) =>
    stored(await customer.rest('POST', path, { body, headers: { 'idempotency-key': key } }));
  const context = { direction: 'inbound', number_from: number, number_to: '800', source: 'flow' };
  const call = {
    direction: 'inbound',
    status: 'completed',
    number_external: number,
    number_internal: '101',
    number_did: '0142685300',
    subject: word,
    body: word,
    recording_url: `https://example.com/${word}`,
    transcription: word,
    summary: word,
    sentiment: word,
    entity_type: word,
    entity_id: word,
    agent_email: 'lea@agents.example',
    queue_extension: '800',
  };
  const start = `${day}T10:00:00Z`;
  await post(paths.context, { ...context, start_time_utc: start, context_data: { [word]: number } }, '');
  const segment = { start_time_reference: 'segment', segment_dn_type: 'call_queue', start_time_utc: start };
  await post(paths.context, { ...context, ...segment, context_data: { menu: word } }, '');
  await post(paths.calls, { ...call, start_time_utc: start, duration: 180 }, `${word} 1`);
  await post(paths.calls, { ...call, direction: 'outbound', start_time_utc: start, duration: 60 }, `${word} 2`);
  await post(paths.context, { ...context, start_time_utc: `${day}T12:00:00Z` }, '');
  const chat = { email, number_external: number, name: word, subject: word, chat_messages: word, entity_id: word };
  await post(paths.chats, { ...chat, entity_type: word, start_time_utc: start, duration: 60 }, `${word} 3`);
  await markRows(customer.id, contactId, { number, email, words });
  return contactId;
}

/** What nothing in the front door writes, but a CRM's answer or a later version may. */
async function markRows(customerId: string, contactId: string, person: Person): Promise<void> {
  const word = person.words[0] as string;
  const { operator } = store;
  const calls = await operator.phoneCall.findMany({ where: { customerId, subject: word }, select: { id: true } });
  const chats = await operator.chat.findMany({ where: { customerId, subject: word }, select: { id: true } });
  const phoneCallId = { in: calls.map(({ id }) => id) };
  const ofReports = { OR: [{ phoneCallId }, { chatId: { in: chats.map(({ id }) => id) } }] };
  const pushed = {
    state: 'DELIVERED',
    message: word,
    remoteId: word,
    remoteUrl: `https://crm.example/${word}`,
  } as const;
  await operator.delivery.updateMany({ where: { customerId, ...ofReports }, data: pushed });
  await operator.callSegment.updateMany({ where: { customerId, phoneCallId }, data: { displayName: word, dn: word } });
  await operator.callSegment.updateMany({ where: { customerId, phoneCallId }, data: { dnType: 'EXTERNAL_NUMBER' } });
  await markWebhooksAndCreations(
    customerId,
    calls.map(({ id }) => id),
    person,
  );
  const fields = { company: word, website: word, entityType: word, entityUrl: word };
  await operator.contact.updateMany({ where: { customerId, id: contactId }, data: fields });
}

async function markWebhooksAndCreations(
  customerId: string,
  phoneCallIds: string[],
  { email, words }: Person,
): Promise<void> {
  const { operator } = store;
  const [word, digits] = words as [string, string];
  const now = new Date();
  const webhookId = crypto.randomUUID();
  const webhook = {
    id: webhookId,
    url: 'https://hooks.example',
    events: ['phone_call.logged'],
    secret: Buffer.from('x'),
  };
  await operator.webhook.create({ data: { ...webhook, customerId, enabled: false } });
  await operator.webhookDelivery.createMany({
    data: phoneCallIds.map((phoneCallId) => ({
      customerId,
      id: crypto.randomUUID(),
      webhookId,
      event: 'phone_call.logged',
      phoneCallId,
      state: 'DEAD' as const,
      message: word,
      dueAt: now,
      createdAt: now,
    })),
  });
  const { id: integrationId } = await operator.integration.findFirstOrThrow({ where: { customerId } });
  await operator.contactCreation.create({
    data: {
      customerId,
      integrationId,
      identity: Buffer.from(word),
      remote: { id: '1', entityUrl: `https://crm.example/?phone=33${digits}&email=${email}` },
      heldUntil: now,
    },
  });
}

/** Every column in which `leaveTraces` leaves one. */
export const places = [
  'call_contexts.context_data',
  'call_contexts.number_external',
  'call_contexts.number_from',
  'call_contexts.numbers_sent',
  'call_segments.display_name',
  'call_segments.dn',
  'chats.chat_messages',
  'chats.email',
  'chats.entity_id',
  'chats.entity_type',
  'chats.name',
  'chats.number_external',
  'chats.number_sent',
  'chats.party',
  'chats.subject',
  'contact_creations.remote',
  'contact_numbers.canonical',
  'contact_numbers.sent',
  'contact_numbers.tail',
  'contacts.civility',
  'contacts.company',
  'contacts.custom_value',
  'contacts.email',
  'contacts.email_key',
  'contacts.entity_type',
  'contacts.entity_url',
  'contacts.first_name',
  'contacts.last_name',
  'contacts.phone_mobile_1',
  'contacts.website',
  'deliveries.message',
  'deliveries.remote_id',
  'deliveries.remote_url',
  'idempotency_keys.key',
  'phone_calls.body',
  'phone_calls.context_data',
  'phone_calls.entity_id',
  'phone_calls.entity_type',
  'phone_calls.number_external',
  'phone_calls.number_from',
  'phone_calls.number_to',
  'phone_calls.numbers_sent',
  'phone_calls.recording_url',
  'phone_calls.sentiment',
  'phone_calls.subject',
  'phone_calls.summary',
  'phone_calls.transcription',
  'webhook_deliveries.message',
];

/**
 * Columns in which nothing of a caller stands but a number, of which other tests speak: they hold the company's own, its
 * agents', and words of ours.
 */
export const impersonal = [
  'access_tokens.scopes',
  'agents.email',
  'agents.extension',
  'agents.first_name',
  'agents.last_name',
  'call_contexts.number_to',
  'call_contexts.source',
  'chats.agent',
  'chats.agent_email',
  'chats.agent_first_name',
  'chats.agent_key',
  'chats.agent_last_name',
  'chats.queue_extension',
  'chats.source',
  'contacts.phone_business_1',
  'contacts.phone_business_2',
  'contacts.phone_home',
  'contacts.phone_mobile_2',
  'contacts.phone_other',
  'idempotency_keys.operation',
  'integrations.connector',
  'integrations.name',
  'oauth_grants.code_challenge',
  'oauth_grants.code_challenge_method',
  'oauth_grants.redirect_uri',
  'oauth_grants.scopes',
  'phone_calls.agent_email',
  'phone_calls.agent_first_name',
  'phone_calls.agent_key',
  'phone_calls.agent_last_name',
  'phone_calls.number_did',
  'phone_calls.number_internal',
  'phone_calls.queue_extension',
  'phone_calls.source',
  'webhook_deliveries.event',
  'webhooks.events',
  'webhooks.url',
];
