import { badInput } from '../errors.ts';
import type { EventKind } from '../events/event-bus.ts';
import type { Customer } from './customer.ts';

const day = 24 * 60 * 60 * 1000;

/** How far back missed events are sent again; contexts that no call took over are gone by then. */
const replayDays = 1;

type Owner = Pick<Customer, 'id' | 'now'>;

/** Names a change of a row, or with `-` for the row only a moment: in its subscription, of its customer. */
export const eventId = (customer: Owner, kind: EventKind, time: Date, rowId: string) =>
  `${kind}.${mark(customer)}.${time.getTime()}.${rowId}`;

/** The moment that an event's id tells. Throws `BAD_USER_INPUT` for one of another subscription or customer, or too old. */
export function timeOfEvent(customer: Owner, kind: EventKind, id: string): Date {
  const [ofKind, ofCustomer, milliseconds = '', row, ...rest] = id.split('.');
  const known = ofKind === kind && ofCustomer === mark(customer) && row && rest.length === 0;
  if (!known || !/^\d{1,15}$/.test(milliseconds)) {
    throw badInput(['after'], 'The event id does not belong to this subscription.');
  }
  const time = Number(milliseconds);
  if (time < customer.now().getTime() - replayDays * day) {
    throw badInput(
      ['after'],
      'The event id is older than a day; subscribe without it, and list what has changed since.',
    );
  }
  return new Date(time);
}

const mark = ({ id }: Owner) => id.slice(-8);
