import { z } from 'zod';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../auth/access-token.ts';
import { createContextToken, revokeContextToken } from '../auth/context-token.ts';
import { createOauthClient, revokeOauthClient } from '../auth/oauth-client.ts';
import { grantableScopes } from '../auth/principal.ts';
import { createUser } from '../auth/user.ts';
import { createCustomer, createWorkspace, listCustomers, updateCustomer } from '../domain/customer.ts';
import { redeliver, redeliverDead } from '../domain/delivery.ts';
import { isCountry } from '../domain/phone-number.ts';
import { type Command, command, parseCommand, type Surroundings, UsageError } from './command.ts';

const name = z.string().trim().min(1, 'must not be blank').max(255);
const id = z.uuid('must be an id');
const onOff = z.enum(['on', 'off'], 'must be on or off').transform((word) => word === 'on');
const country = z.string().toUpperCase().refine(isCountry, 'must be a country code such as FR');
const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Paris');
const scopes = z
  .string()
  .transform((list) => [...new Set(list.split(',').map((scope) => scope.trim()))])
  .pipe(z.array(z.enum(grantableScopes, `must be a comma list of ${grantableScopes.join(', ')}`)).min(1));

/** An absolute address without a fragment (RFC 6749, 3.1.2); a program on the same machine may use http. */
const redirectUri = z.url('must be an absolute URL').refine((url) => !url.includes('#'), 'must not have a fragment');

const spanMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const span = z
  .string()
  .regex(/^[1-9]\d{0,6}[smhd]$/, 'must be a span such as 90s, 30m, 12h or 365d')
  .transform((text) => Number(text.slice(0, -1)) * spanMs[text.at(-1) as keyof typeof spanMs]);

const expiry = (now: Date, milliseconds: number | undefined) =>
  milliseconds === undefined ? null : new Date(now.getTime() + milliseconds);

/** Everything an operator can do, by the words that ask for it. */
const commands: Record<string, Command> = {
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
  'token create': command({ customer: id, scopes, 'expires-in': span.optional() }, ({ store, now }, input) =>
    createAccessToken(store, {
      customerId: input.customer,
      scopes: input.scopes,
      expiresAt: expiry(now, input['expires-in']),
    }),
  ),
  'token revoke': command({ id }, ({ store, now }, input) => revokeAccessToken(store, input.id, now)),
  'token list': command({}, async ({ store }) => ({ tokens: await listAccessTokens(store) })),
  'context-token create': command({ customer: id, 'expires-in': span.optional() }, ({ store, now }, input) =>
    createContextToken(store, { customerId: input.customer, expiresAt: expiry(now, input['expires-in']) }),
  ),
  'user create': command(
    { workspace: id, email: z.email('must be an email'), 'password-stdin': z.boolean().optional() },
    async ({ store, now, publicUrl, readLine }, input) => {
      const password = input['password-stdin'] ? await readLine() : null;
      const user = await createUser(store, { workspaceId: input.workspace, email: input.email, password }, now);
      return { id: user.id, ...(user.setUpSecret && { setUpUrl: `${publicUrl}/set-up?secret=${user.setUpSecret}` }) };
    },
  ),
  'oauth-client create': command({ workspace: id, name, 'redirect-uri': redirectUri }, ({ store }, input) =>
    createOauthClient(store, { workspaceId: input.workspace, name: input.name, redirectUris: [input['redirect-uri']] }),
  ),
  'oauth-client revoke': command({ id }, ({ store, now }, input) => revokeOauthClient(store, input.id, now)),
  'delivery redeliver': command({ customer: id, id: id.optional() }, async ({ store, now }, input) => {
    const customer = { store: store.forCustomer(input.customer), now: () => now };
    if (!input.id) return { redelivered: await redeliverDead(customer) };
    await redeliver(customer, input.id);
    return { redelivered: 1 };
  }),
  'context-token revoke': command({ token: id }, ({ store, now }, input) =>
    revokeContextToken(store, input.token, now),
  ),
};

/** Reads the words of a command line; answers what runs it. Throws `UsageError` in one sentence. */
export function runCommand(words: string[]): (surroundings: Surroundings) => Promise<object> {
  const [noun = '', verb = '', ...rest] = words;
  const found = commands[`${noun} ${verb}`];
  if (!found) {
    throw new UsageError(
      `Unknown command "${[noun, verb].join(' ').trim()}"; the commands are: ${Object.keys(commands).join(', ')}.`,
    );
  }
  const input = parseCommand(found, rest);
  return (surroundings) => found.run(surroundings, input);
}

export { UsageError };

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
