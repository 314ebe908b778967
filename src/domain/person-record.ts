import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { identify, type PersonKey, rowsOf } from './person.ts';

/** Rows by table; times as they are, names in camel case. */
export type PersonRecord = Record<string, object[]>;

/**
 * Everything that is stored of one person, row by row: contacts with their numbers, calls with their legs, contexts,
 * chats, and what was pushed of them. Throws `BAD_USER_INPUT` for a number that cannot be one person's.
 */
export async function recordPerson(
  { store, defaultCountry }: Pick<Customer, 'store' | 'defaultCountry'>,
  key: PersonKey,
): Promise<PersonRecord> {
  const found = await rowsOf(store, await identify(store, defaultCountry, key));
  const calls = found.calls.map(({ id }) => id);
  const chats = found.chats.map(({ id }) => id);
  const tables = {
    contacts: await read(store, 'contacts', 'id', found.contactIds),
    contactNumbers: await read(store, 'contact_numbers', 'contact_id', found.contactIds, 'slot'),
    phoneCalls: await read(store, 'phone_calls', 'id', calls),
    callSegments: await read(store, 'call_segments', 'phone_call_id', calls, '"order"'),
    callContexts: await read(store, 'call_contexts', 'id', found.contextIds),
    chats: await read(store, 'chats', 'id', chats),
    deliveries: [
      ...(await read(store, 'deliveries', 'phone_call_id', calls)),
      ...(await read(store, 'deliveries', 'chat_id', chats)),
    ],
  };
  return tables;
}

/** The oldest first, as ids tell when they were made. */
async function read(
  rows: CustomerRows,
  table: string,
  column: string,
  ids: string[],
  within = 'id',
): Promise<object[]> {
  if (ids.length === 0) return [];
  const select = statement<Record<string, unknown>>(
    `SELECT * FROM ${table} WHERE customer_id = $1 AND ${column} = ANY($2::uuid[])
     ORDER BY ${column}, ${within}`,
  );
  const found = await rows.rows(select, ids);
  return found.map(({ customerId: _, identity: __, ...row }) => row);
}
