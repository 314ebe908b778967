import { listChatsOf } from '../domain/chat-list.ts';
import {
  type Contact as ContactShape,
  createContact,
  findContact,
  type ContactMatch as MatchShape,
  searchContacts,
} from '../domain/contact.ts';
import type { SkippedIntegration as SkippedShape } from '../domain/contact-lookup.ts';
import { listPhoneCalls } from '../domain/phone-call-list.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { Chat, ChatConnection } from './chat.ts';
import { CallDirection, MatchKind, SkipReason } from './enums.ts';
import { PhoneCallConnection, pageComplexity } from './phone-calls.ts';
import { Contact, PhoneCall } from './refs.ts';
import { email, filledText, phoneNumber, text } from './validation.ts';

Contact.implement({
  description: 'Somebody who calls or is called: a person or a company.',
  fields: (t) => ({
    id: t.exposeID('id', {
      nullable: false,
      description: 'Never changes. Begins with `placeholder-` for a placeholder.',
    }),
    civility: t.exposeString('civility', { description: 'How to address the person, such as `Mme`.' }),
    firstName: t.exposeString('firstName', { description: 'Null for a company.' }),
    lastName: t.exposeString('lastName', { description: 'Null for a company that is known by its name alone.' }),
    email: t.exposeString('email', { description: 'As it was written; searching ignores its case.' }),
    company: t.exposeString('company', { description: 'The company’s name.' }),
    website: t.exposeString('website', { description: 'The person’s or company’s website.' }),
    phoneBusiness1: t.exposeString('phoneBusiness1', {
      description: 'First business number, in E.164 where it parses.',
    }),
    phoneBusiness2: t.exposeString('phoneBusiness2', { description: 'Second business number.' }),
    phoneMobile1: t.exposeString('phoneMobile1', { description: 'First mobile number.' }),
    phoneMobile2: t.exposeString('phoneMobile2', { description: 'Second mobile number.' }),
    phoneHome: t.exposeString('phoneHome', { description: 'Private number.' }),
    phoneOther: t.exposeString('phoneOther', { description: 'Any other number.' }),
    entityUrl: t.exposeString('entityUrl', {
      nullable: false,
      description:
        'The contact’s page in its CRM; where it has none, the first link that an integration builds, or the page on this server.',
    }),
    entityType: t.exposeString('entityType', { description: 'What the CRM calls such a record, such as `Contacts`.' }),
    customValue: t.exposeString('customValue', { description: 'Free text that a phone system may show or pass on.' }),
    matchedNumber: t.exposeString('matchedNumber', {
      description: 'The number that was searched, exactly as it arrived. Null outside a search by number.',
    }),
    placeholder: t.exposeBoolean('placeholder', {
      nullable: false,
      description: 'True for the dummy that stands for somebody unknown. It is not stored and has no calls.',
    }),
    phoneCalls: t.connection(
      {
        type: PhoneCall,
        nullable: false,
        description: 'The contact’s calls, newest first.',
        complexity: pageComplexity,
        resolve: ({ id }, paging, { customer }) => listPhoneCalls(customer, { ...paging, filter: { contactId: id } }),
      },
      PhoneCallConnection,
    ),
    chats: t.connection(
      {
        type: Chat,
        nullable: false,
        description: 'The contact’s chats, newest first.',
        complexity: pageComplexity,
        resolve: ({ id }, paging, { customer }) => listChatsOf(customer, id, paging),
      },
      ChatConnection,
    ),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was stored; null if the CRM does not tell.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When it last changed; null if the CRM does not tell.',
    }),
  }),
});

const SkippedIntegration = builder.objectRef<SkippedShape>('SkippedIntegration').implement({
  description: 'An integration without whose answer a lookup went on.',
  fields: (t) => ({
    integration: t.exposeString('integration', { nullable: false, description: 'Its connector.' }),
    reason: t.expose('reason', { type: SkipReason, nullable: false, description: 'Why it told nothing.' }),
  }),
});

const ContactMatch = builder.objectRef<MatchShape>('ContactMatch').implement({
  description: 'Why these contacts were answered.',
  fields: (t) => ({
    kind: t.expose('kind', { type: MatchKind, nullable: false, description: 'How they were found.' }),
    number: t.exposeString('number', {
      description:
        'The searched number in canonical form: E.164 where it parses, `anonymous` where it is hidden. Null without a number.',
    }),
    candidates: t.exposeInt('candidates', {
      nullable: false,
      description: `How many contacts matched in this way; the list holds at most ${limits.searchCandidates} of them.`,
    }),
    ambiguous: t.exposeBoolean('ambiguous', { nullable: false, description: 'Whether more than one matched.' }),
    integration: t.exposeString('integration', {
      description: 'Which connector answered, such as `native`; null if none did.',
    }),
    skipped: t.expose('skipped', {
      type: [SkippedIntegration],
      nullable: false,
      description:
        'Integrations that come before the answer and told nothing, in their order. Without a match somebody may be known there all the same.',
    }),
  }),
});

const ContactSearchResult = builder
  .objectRef<{ contacts: ContactShape[]; match: MatchShape }>('ContactSearchResult')
  .implement({
    description: 'Who a number or email belongs to, and how sure that is.',
    fields: (t) => ({
      contacts: t.expose('contacts', {
        type: [Contact],
        nullable: false,
        description:
          'Best first: by kind of match, then slot (mobile, business, home, other), person before company, most recently updated. Empty when nobody matched, unless `placeholder` was asked for.',
      }),
      match: t.expose('match', { type: ContactMatch, nullable: false, description: 'How they were found.' }),
    }),
  });

builder.queryField('contactSearch', (t) =>
  t.field({
    type: ContactSearchResult,
    nullable: false,
    description:
      'Who is calling? Searches by number, and by email if the number finds nobody; one of the two is needed. Asks the integrations in their order until one knows somebody, and answers within the lookup deadline however slow or broken they are.',
    args: {
      phone: t.arg.string({
        description: 'In any form that a phone system sends: E.164, national, with 00, its last digits, an extension.',
        validate: { schema: phoneNumber },
      }),
      email: t.arg.string({ description: 'Whole, in any case.', validate: { schema: filledText(limits.email) } }),
      displayName: t.arg.string({
        description: 'What the phone shows; becomes the name of a placeholder.',
        validate: { schema: text() },
      }),
      callDirection: t.arg({
        type: CallDirection,
        description: 'The direction of the call, where it is known; links may be built by it.',
      }),
      placeholder: t.arg.boolean({
        defaultValue: false,
        description: 'Whether to answer one dummy contact when nobody matched, so that a phone system can go on.',
      }),
    },
    validate: [
      [({ phone, email }) => !!(phone ?? email), { message: 'A phone number or an email is needed.', path: ['phone'] }],
    ],
    resolve: (_, search, { customer, observeLookup }) => observeLookup(searchContacts(customer, search)),
  }),
);

builder.queryField('contact', (t) =>
  t.field({
    type: Contact,
    description: 'A contact by its id; null if there is none for this customer.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a contact.' }) },
    resolve: (_, { id }, { customer }) => findContact(customer, id),
  }),
);

const CreateContactInput = builder.inputType('CreateContactInput', {
  description: 'A contact to be created in the customer’s CRM.',
  fields: (t) => ({
    lastName: t.string({ required: true, description: 'Needed.', validate: { schema: filledText() } }),
    firstName: t.string({ description: 'First name.', validate: { schema: text() } }),
    civility: t.string({ description: 'How to address the person.', validate: { schema: text() } }),
    email: t.string({ description: 'A valid address.', validate: { schema: email } }),
    phone: t.string({
      description: 'Goes to the mobile slot if it is a mobile number, else to business.',
      validate: { schema: phoneNumber },
    }),
    phoneBusiness: t.string({ description: 'Goes to the business slot.', validate: { schema: phoneNumber } }),
    phoneMobile: t.string({ description: 'Goes to the mobile slot.', validate: { schema: phoneNumber } }),
    customValue: t.string({ description: 'Free text.', validate: { schema: text() } }),
    callDirection: t.field({
      type: CallDirection,
      description: 'The direction of the call during which it is created.',
    }),
  }),
});

const CreateContactPayload = builder
  .objectRef<{ contact: ContactShape; created: boolean }>('CreateContactPayload')
  .implement({
    description: 'The contact, new or already there.',
    fields: (t) => ({
      contact: t.expose('contact', { type: Contact, nullable: false, description: 'The contact as it is stored.' }),
      created: t.exposeBoolean('created', {
        nullable: false,
        description: 'False when the same contact was there already.',
      }),
    }),
  });

builder.mutationField('createContact', (t) =>
  t.field({
    type: CreateContactPayload,
    nullable: false,
    description:
      'Creates a contact in the first integration that can, and answers within ten seconds. `CONNECTOR_REJECTED` if that refuses, `CONNECTOR_UNAVAILABLE` if it is away or does not answer. The same names, numbers and email again answer the contact that is there; another name on the same number is another contact. Safe to repeat.',
    args: { input: t.arg({ type: CreateContactInput, required: true, description: 'The contact.' }) },
    resolve: (_, { input }, { customer }) => createContact(customer, input),
  }),
);
