import { redeliver } from '../domain/delivery.ts';
import { type CallLog as CallLogShape, findLog } from '../domain/phone-call-parts.ts';
import { builder, forOperators } from './builder.ts';

export const CallLog = builder.objectRef<CallLogShape>('CallLog').implement({
  description: 'How the push of a call or chat to one CRM stands.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    integration: t.exposeString('integration', {
      nullable: false,
      description: 'The connector it goes to, such as `native`.',
    }),
    state: t.string({
      nullable: false,
      description:
        '`pending` while it is to be tried, `delivered` when the CRM has it, `dead` when every attempt failed.',
      resolve: ({ state }) => state.toLowerCase(),
    }),
    attempts: t.exposeInt('attempts', { nullable: false, description: 'How often it was tried.' }),
    message: t.exposeString('message', { description: 'What the last attempt said; null before the first.' }),
    remoteId: t.exposeString('remoteId', { description: 'The id of the record in the CRM; null if none is known.' }),
    remoteUrl: t.exposeString('remoteUrl', {
      description: 'The page of the record in the CRM; null if none is known.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When the push was put down.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: false, description: 'When it last changed.' }),
  }),
});

builder.mutationField('redeliver', (t) =>
  t.field({
    ...forOperators,
    type: CallLog,
    description:
      'Tries a push again from the beginning, also a dead one; one that has arrived is refused. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a log.' }) },
    resolve: (_, { id }, { customer }) => redeliver(customer, id).then(() => findLog(customer, id)),
  }),
);
