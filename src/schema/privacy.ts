import { type Erased, erasePerson } from '../domain/erasure.ts';
import type { PersonKey } from '../domain/person.ts';
import { recordPerson } from '../domain/person-record.ts';
import { updateRetention } from '../domain/retention.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { filledText, phoneNumber, text } from './validation.ts';
import { Customer } from './viewer.ts';

// For operators: every field here asks for the scope `admin` and for no other.
const operators = { skipTypeScopes: true, authScopes: { operate: true } } as const;

const Erasure = builder.objectRef<Erased>('Erasure').implement({
  description: 'How much of a person was erased.',
  fields: (t) => ({
    contacts: t.exposeInt('contacts', { nullable: false, description: 'Contacts that were removed.' }),
    phoneCalls: t.exposeInt('phoneCalls', {
      nullable: false,
      description:
        'Calls that keep their figures only: time, duration, direction, status, agent and queue. Their numbers are random words now, their texts, links and data are gone.',
    }),
    callContexts: t.exposeInt('callContexts', { nullable: false, description: 'Contexts that were removed.' }),
    chats: t.exposeInt('chats', { nullable: false, description: 'Chats that keep their figures only, as calls do.' }),
  }),
});

const erasureRules =
  'Calls and chats stay as figures and lose what tells of the person; contacts, contexts and pushes still to be made are removed. A number or email that another contact has too goes with it only if it was named itself. What CRMs were told before stays with them. For operators: needs the scope `admin`. Safe to repeat.';

builder.mutationField('eraseContact', (t) =>
  t.field({
    type: Erasure,
    nullable: false,
    ...operators,
    description: `Erases the person behind a contact, with everything of its numbers and its email. ${erasureRules}`,
    args: { id: t.arg.id({ required: true, description: 'The `id` of a contact, also of one that is gone.' }) },
    resolve: (_, { id }, { customer }) => erasePerson(customer, { contactId: id }),
  }),
);

builder.mutationField('eraseNumber', (t) =>
  t.field({
    type: Erasure,
    nullable: false,
    ...operators,
    description: `Erases the person behind a number: the only contact that has it, or else the number and its calls alone. ${erasureRules}`,
    args: {
      number: t.arg.string({
        required: true,
        description: 'In any form; not an extension.',
        validate: { schema: phoneNumber },
      }),
    },
    resolve: (_, { number }, { customer }) => erasePerson(customer, { number }),
  }),
);

builder.mutationField('eraseEmail', (t) =>
  t.field({
    type: Erasure,
    nullable: false,
    ...operators,
    description: `Erases the person behind an email: the only contact that has it, or else the email and its chats alone. ${erasureRules}`,
    args: {
      email: t.arg.string({
        required: true,
        description: 'In any case.',
        validate: { schema: filledText(limits.email) },
      }),
    },
    resolve: (_, { email }, { customer }) => erasePerson(customer, { email }),
  }),
);

const PersonInput = builder.inputType('PersonInput', {
  description: 'By what a person is named; exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    contactId: t.id({ description: 'A contact.' }),
    number: t.string({ description: 'A number in any form; not an extension.', validate: { schema: phoneNumber } }),
    email: t.string({ description: 'An email in any case.', validate: { schema: text(limits.email) } }),
  }),
});

builder.queryField('personRecord', (t) =>
  t.field({
    type: 'JSON',
    nullable: false,
    ...operators,
    description:
      'Everything that is stored of one person as one object, a list of rows for each table: contacts, contactNumbers, phoneCalls, callSegments, callContexts, chats, deliveries. For operators: needs the scope `admin`.',
    args: { person: t.arg({ type: PersonInput, required: true, description: 'Whose data.' }) },
    resolve: (_, { person }, { customer }) => recordPerson(customer, person as PersonKey),
  }),
);

builder.mutationField('updateRetention', (t) =>
  t.field({
    type: Customer,
    nullable: false,
    ...operators,
    description:
      'Sets for how many days calls and chats are kept, counted from their start or their arrival; what is older is removed within minutes, with its contexts, legs and pushes. Contacts stay. For operators: needs the scope `admin`. Safe to repeat.',
    args: {
      days: t.arg.int({ description: `1 to ${limits.retentionDays}; null keeps everything.` }),
    },
    resolve: (_, { days }, { customer }) => updateRetention(customer, days ?? null),
  }),
);
