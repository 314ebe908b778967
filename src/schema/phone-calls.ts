import { listPhoneCalls } from '../domain/phone-call-list.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { OrderDirection, PhoneCallOrderField } from './enums.ts';
import { PhoneCallFilter } from './phone-call-filter.ts';
import { PhoneCall } from './refs.ts';
import { atMost } from './validation.ts';

const PhoneCallOrder = builder.inputType('PhoneCallOrder', {
  description: 'One field of an order; calls that are equal in it are put in order by the next, at last by their id.',
  fields: (t) => ({
    field: t.field({ type: PhoneCallOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, required: true, defaultValue: 'DESC', description: 'Which end first.' }),
  }),
});

export const PhoneCallConnection = builder.connectionObject(
  { type: PhoneCall, name: 'PhoneCallConnection', description: 'One page of a list of calls.' },
  { name: 'PhoneCallEdge', description: 'A call and where it stands in its list.' },
);

/** What a page costs: as many answers as it has rows. */
export const pageComplexity = ({
  first,
  last,
}: {
  first?: number | null | undefined;
  last?: number | null | undefined;
}) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? limits.defaultPageSize, 1), limits.pageSize),
});

builder.queryField('phoneCalls', (t) =>
  t.connection(
    {
      type: PhoneCall,
      nullable: false,
      description:
        'The call history, newest first unless told otherwise. Cursors stay good while calls are being added: every call appears exactly once.',
      args: {
        filter: t.arg({ type: PhoneCallFilter, description: 'Which calls; all of them if absent.' }),
        orderBy: t.arg({
          type: [PhoneCallOrder],
          description: 'In which order; by start time, newest first, if absent.',
          validate: atMost(4),
        }),
        offset: t.arg.int({
          description: 'How many rows to skip, for numbered pages; cursors are faster on deep ones.',
        }),
      },
      complexity: pageComplexity,
      resolve: (_, listing, { customer }) => listPhoneCalls(customer, listing),
    },
    PhoneCallConnection,
  ),
);
