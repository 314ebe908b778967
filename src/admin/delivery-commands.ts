import { redeliver, redeliverDead } from '../domain/delivery.ts';
import { type Commands, command } from './command.ts';
import { id } from './options.ts';

/** What is on its way to the CRMs. */
export const deliveryCommands = {
  'delivery redeliver': command({ customer: id, id: id.optional() }, async ({ store, now }, input) => {
    const customer = { store: store.forCustomer(input.customer), now: () => now };
    if (!input.id) return { redelivered: await redeliverDead(customer) };
    await redeliver(customer, input.id);
    return { redelivered: 1 };
  }),
} satisfies Commands;
