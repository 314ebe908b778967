import { z } from 'zod';
import { findCustomer } from '../domain/customer.ts';
import { erasePerson } from '../domain/erasure.ts';
import type { PersonKey } from '../domain/person.ts';
import { recordPerson } from '../domain/person-record.ts';
import { type Commands, command, type Surroundings, UsageError } from './command.ts';
import { id } from './options.ts';

const person = {
  customer: id,
  number: z.string().optional(),
  email: z.string().optional(),
  contact: id.optional(),
};

type Named = z.output<z.ZodObject<typeof person>>;

/** What people may ask of a company that has their data: all of it, or that it be erased. */
export const privacyCommands = {
  'privacy export': command(person, async (surroundings, input) => {
    const key = keyOf(input);
    return recordPerson(await open(surroundings, input), key);
  }),
  'privacy erase': command(person, async (surroundings, input) => {
    const key = keyOf(input);
    return erasePerson(await open(surroundings, input), key);
  }),
} satisfies Commands;

async function open({ store, now }: Surroundings, { customer }: Named) {
  const { id: customerId, defaultCountry } = await findCustomer(store, customer);
  return { store: store.forCustomer(customerId), defaultCountry, now: () => now };
}

function keyOf({ number, email, contact }: Named): PersonKey {
  const keys: PersonKey[] = [
    ...(number ? [{ number }] : []),
    ...(email ? [{ email }] : []),
    ...(contact ? [{ contactId: contact }] : []),
  ];
  const [key] = keys;
  if (!key || keys.length > 1) throw new UsageError('One of --number, --email and --contact is needed, and only one.');
  return key;
}
