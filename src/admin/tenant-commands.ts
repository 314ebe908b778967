import { z } from 'zod';
import { createCustomer, createWorkspace, listCustomers, updateCustomer } from '../domain/customer.ts';
import { limits } from '../limits.ts';
import { type Commands, command } from './command.ts';
import { country, id, name, onOff, timeZone } from './options.ts';

const retentionDays = z
  .string()
  .regex(/^([1-9]\d*|off)$/, 'must be a number of days, or off')
  .transform((text) => (text === 'off' ? null : Number(text)))
  .refine((days) => (days ?? 0) <= limits.retentionDays, `must be at most ${limits.retentionDays} days`);

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
      'retention-days': retentionDays.optional(),
    },
    ({ store }, input) =>
      updateCustomer(store, input.customer, {
        callLoggingEnabled: input['call-logging'],
        chatLoggingEnabled: input['chat-logging'],
        contactCreationEnabled: input['contact-creation'],
        chatsWithoutEmail: input['chats-without-email'],
        retentionDays: input['retention-days'],
      }),
  ),
  'customer list': command({}, async ({ store }) => ({ customers: await listCustomers(store) })),
} satisfies Commands;
