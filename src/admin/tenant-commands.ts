import { createCustomer, createWorkspace, listCustomers, updateCustomer } from '../domain/customer.ts';
import { type Commands, command } from './command.ts';
import { country, id, name, onOff, timeZone } from './options.ts';

/** Workspaces and their customers. */
export const tenantCommands = {
  'workspace create': command({ name }, ({ store }, input) => createWorkspace(store, input.name)),
  'customer create': command(
    { workspace: id, name, country: country.default('FR'), 'time-zone': timeZone.default('Europe/Paris') },
    ({ store }, input) =>
      createCustomer(store, {
        workspaceId: input.workspace,
        name: input.name,
        defaultCountry: input.country,
        timeZone: input['time-zone'],
      }),
  ),
  'customer update': command(
    {
      customer: id,
      'call-logging': onOff.optional(),
      'chat-logging': onOff.optional(),
      'contact-creation': onOff.optional(),
      'chats-without-email': onOff.optional(),
    },
    ({ store }, input) =>
      updateCustomer(store, input.customer, {
        callLoggingEnabled: input['call-logging'],
        chatLoggingEnabled: input['chat-logging'],
        contactCreationEnabled: input['contact-creation'],
        chatsWithoutEmail: input['chats-without-email'],
      }),
  ),
  'customer list': command({}, async ({ store }) => ({ customers: await listCustomers(store) })),
} satisfies Commands;
