import { type IntegrationTest as TestShape, testIntegration } from '../domain/integration-test.ts';
import { limits } from '../limits.ts';
import { builder, forOperators } from './builder.ts';
import { MatchKind } from './enums.ts';
import { filledText, phoneNumber } from './validation.ts';

const TestedRequest = builder.objectRef<TestShape['requests'][number]>('TestedRequest').implement({
  description: 'A request to a CRM, with every secret masked.',
  fields: (t) => ({
    step: t.exposeString('step', {
      nullable: false,
      description: 'What it was sent for, as the configuration calls it.',
    }),
    method: t.exposeString('method', { nullable: false, description: 'Such as `GET`.' }),
    url: t.exposeString('url', { nullable: false, description: 'Where it was sent.' }),
    headers: t.expose('headers', { type: 'JSON', nullable: false, description: 'Its headers by their names.' }),
    body: t.exposeString('body', { description: 'Its body; null without one.' }),
    status: t.exposeInt('status', { description: 'The status of the answer; null where nothing came back.' }),
    error: t.exposeString('error', { description: 'Why nothing came back.' }),
  }),
});

const TestedRecord = builder.objectRef<TestShape['records'][number]>('TestedRecord').implement({
  description: 'A record of a CRM that was found.',
  fields: (t) => ({
    step: t.exposeString('step', { nullable: false, description: 'What found it, as the configuration calls it.' }),
    fields: t.expose('fields', { type: 'JSON', nullable: false, description: 'What is told of it, by names.' }),
    dropped: t.exposeString('dropped', { description: 'Why it is not answered; null for one that is.' }),
  }),
});

const IntegrationTest = builder.objectRef<TestShape>('IntegrationTest').implement({
  description: 'What an integration makes of a caller, step by step.',
  fields: (t) => ({
    number: t.exposeString('number', { description: 'The number in canonical form; null without one.' }),
    kind: t.expose('kind', {
      type: MatchKind,
      description: 'How somebody was found; null where nobody was, or where the CRM decides by itself.',
    }),
    requests: t.expose('requests', {
      type: [TestedRequest],
      nullable: false,
      description: 'What was sent to the CRM, in order; empty where nothing leaves this server.',
    }),
    records: t.expose('records', { type: [TestedRecord], nullable: false, description: 'What was found.' }),
    warnings: t.exposeStringList('warnings', { nullable: false, description: 'What went wrong or looks odd.' }),
  }),
});

builder.mutationField('testIntegration', (t) =>
  t.field({
    ...forOperators,
    type: IntegrationTest,
    description:
      'Asks one integration who a number or email is, whatever its switches, and tells how it went; stores nothing. One of the two is needed. For operators: needs the scope `admin`. Safe to repeat.',
    args: {
      id: t.arg.id({ required: true, description: 'The `id` of an integration.' }),
      phone: t.arg.string({
        description: 'In any form that a phone system sends.',
        validate: { schema: phoneNumber },
      }),
      email: t.arg.string({ description: 'Whole, in any case.', validate: { schema: filledText(limits.email) } }),
    },
    validate: [
      [({ phone, email }) => !!(phone ?? email), { message: 'A phone number or an email is needed.', path: ['phone'] }],
    ],
    resolve: (_, { id, ...caller }, { customer }) => testIntegration(customer, id, caller),
  }),
);
