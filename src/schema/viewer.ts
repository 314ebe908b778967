import type { Customer as CustomerShape } from '../domain/customer.ts';
import { builder } from './builder.ts';

const Workspace = builder.objectRef<{ id: string; name: string }>('Workspace').implement({
  description: 'The tenant of the platform: an integrator or a company.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    name: t.exposeString('name', { nullable: false, description: 'For people to read.' }),
  }),
});

export const Customer = builder.objectRef<CustomerShape>('Customer').implement({
  description: 'A client account inside a workspace. It owns contacts, calls, contexts, chats and integrations.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    name: t.exposeString('name', { nullable: false, description: 'For people to read.' }),
    defaultCountry: t.exposeString('defaultCountry', {
      nullable: false,
      description: 'The country in which numbers without one are read, as ISO 3166-1 alpha-2 (`FR`).',
    }),
    timeZone: t.exposeString('timeZone', {
      nullable: false,
      description: 'The time zone of figures, as an IANA name (`Europe/Paris`). Times themselves are always UTC.',
    }),
    callLoggingEnabled: t.exposeBoolean('callLoggingEnabled', {
      nullable: false,
      description: 'Whether calls may be logged; if not, `logPhoneCall` is refused with `NOT_ENABLED`.',
    }),
    chatLoggingEnabled: t.exposeBoolean('chatLoggingEnabled', {
      nullable: false,
      description: 'Whether chats may be logged; if not, `logChat` is refused with `NOT_ENABLED`.',
    }),
    retentionDays: t.exposeInt('retentionDays', {
      description: 'For how many days calls and chats are kept; null for ever.',
    }),
  }),
});

interface ViewerShape {
  customer: CustomerShape;
  scopes: string[];
}

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Who is asking, as the token says it.',
  fields: (t) => ({
    workspace: t.field({
      type: Workspace,
      nullable: false,
      description: 'The workspace of the token.',
      resolve: ({ customer }) => customer.workspace,
    }),
    customer: t.field({
      type: Customer,
      nullable: false,
      description: 'The customer of the token: everything that is read or written belongs to it.',
      resolve: ({ customer }) => customer,
    }),
    scopes: t.exposeStringList('scopes', { nullable: false, description: 'What the token may do.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: false,
    description: 'Who is asking: the workspace, customer and scopes of the token.',
    resolve: (_, __, { customer, principal }) => ({ customer, scopes: [...(principal?.scopes ?? [])] }),
  }),
);
