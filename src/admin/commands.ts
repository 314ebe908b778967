import { z } from 'zod';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../auth/access-token.ts';
import { createContextToken, revokeContextToken } from '../auth/context-token.ts';
import { grantableScopes } from '../auth/principal.ts';
import { createCustomer, createWorkspace, listCustomers, updateCustomer } from '../domain/customer.ts';
import { redeliver, redeliverDead } from '../domain/delivery.ts';
import { isCountry } from '../domain/phone-number.ts';
import type { Store } from '../store/open.ts';
import { type Command, command, parseCommand, UsageError } from './command.ts';

const name = z.string().trim().min(1, 'must not be blank').max(255);
const id = z.uuid('must be an id');
const onOff = z.enum(['on', 'off'], 'must be on or off').transform((word) => word === 'on');
const country = z.string().toUpperCase().refine(isCountry, 'must be a country code such as FR');
const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Paris');
const scopes = z
  .string()
  .transform((list) => [...new Set(list.split(',').map((scope) => scope.trim()))])
  .pipe(z.array(z.enum(grantableScopes, `must be a comma list of ${grantableScopes.join(', ')}`)).min(1));

const spanMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const span = z
  .string()
  .regex(/^[1-9]\d{0,6}[smhd]$/, 'must be a span such as 90s, 30m, 12h or 365d')
  .transform((text) => Number(text.slice(0, -1)) * spanMs[text.at(-1) as keyof typeof spanMs]);

const expiry = (now: Date, milliseconds: number | undefined) =>
  milliseconds === undefined ? null : new Date(now.getTime() + milliseconds);

/** Everything an operator can do, by the words that ask for it. */
const commands: Record<string, Command> = {
  'workspace create': command({ name }, (store, input) => createWorkspace(store, input.name)),
  'customer create': command(
    { workspace: id, name, country: country.default('FR'), 'time-zone': timeZone.default('Europe/Paris') },
    (store, input) =>
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
    (store, input) =>
      updateCustomer(store, input.customer, {
        callLoggingEnabled: input['call-logging'],
        chatLoggingEnabled: input['chat-logging'],
        contactCreationEnabled: input['contact-creation'],
        chatsWithoutEmail: input['chats-without-email'],
      }),
  ),
  'customer list': command({}, async (store) => ({ customers: await listCustomers(store) })),
  'token create': command({ customer: id, scopes, 'expires-in': span.optional() }, (store, input, now) =>
    createAccessToken(store, {
      customerId: input.customer,
      scopes: input.scopes,
      expiresAt: expiry(now, input['expires-in']),
    }),
  ),
  'token revoke': command({ id }, (store, input, now) => revokeAccessToken(store, input.id, now)),
  'token list': command({}, async (store) => ({ tokens: await listAccessTokens(store) })),
  'context-token create': command({ customer: id, 'expires-in': span.optional() }, (store, input, now) =>
    createContextToken(store, { customerId: input.customer, expiresAt: expiry(now, input['expires-in']) }),
  ),
  'delivery redeliver': command({ customer: id, id: id.optional() }, async (store, input, now) => {
    const customer = { store: store.forCustomer(input.customer), now: () => now };
    if (!input.id) return { redelivered: await redeliverDead(customer) };
    await redeliver(customer, input.id);
    return { redelivered: 1 };
  }),
  'context-token revoke': command({ token: id }, (store, input, now) => revokeContextToken(store, input.token, now)),
};

/** Reads the words of a command line; answers what runs it. Throws `UsageError` in one sentence. */
export function runCommand(words: string[]): (store: Store, now: Date) => Promise<object> {
  const [noun = '', verb = '', ...rest] = words;
  const found = commands[`${noun} ${verb}`];
  if (!found) {
    throw new UsageError(
      `Unknown command "${[noun, verb].join(' ').trim()}"; the commands are: ${Object.keys(commands).join(', ')}.`,
    );
  }
  const input = parseCommand(found, rest);
  return (store, now) => found.run(store, input, now);
}

export { UsageError };

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
