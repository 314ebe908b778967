import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { createIntegration, listIntegrations, removeIntegration, updateIntegration } from '../domain/integration.ts';
import { authorizeIntegration } from '../domain/integration-authorization.ts';
import { connectorForm } from '../domain/integration-settings.ts';
import { testIntegration } from '../domain/integration-test.ts';
import { limits } from '../limits.ts';
import { type Commands, command, type Surroundings, UsageError } from './command.ts';
import { id, name, onOff } from './options.ts';

/** `Name=value`, of which the value may hold anything. */
const pair = z
  .string()
  .regex(/^[^=]+=/, 'must be Name=Value')
  .transform((text) => ({ name: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1) }));

const wholeFrom1 = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1')
  .transform(Number);

const changes = {
  name: name.optional(),
  position: wholeFrom1.optional(),
  lookup: onOff.optional(),
  'call-logging': onOff.optional(),
  'chat-logging': onOff.optional(),
  'contact-creation': onOff.optional(),
  file: z.string().optional(),
  parameter: z.array(pair).default([]),
  'parameter-file': z.array(pair).default([]),
  'parameter-stdin': z.string().optional(),
  'unset-parameter': z.array(z.string()).default([]),
};

const one = { customer: id, id };

/** The CRMs of a customer. */
export const integrationCommands = {
  'integration form': command(
    { connector: z.string(), file: z.string().optional() },
    async ({ connectors }, { connector, file }) =>
      connectorForm({ connectors }, connector, file === undefined ? null : await readText('file', file)),
  ),
  'integration create': command({ customer: id, connector: z.string(), ...changes }, async (surroundings, input) => {
    const wanted = await readChanges(surroundings, input);
    return createIntegration(await surroundings.openCustomer(input.customer), input.connector, wanted);
  }),
  'integration list': command({ customer: id }, async ({ openCustomer }, { customer }) => ({
    integrations: await listIntegrations(await openCustomer(customer)),
  })),
  'integration update': command({ ...one, ...changes }, async (surroundings, input) => {
    const wanted = await readChanges(surroundings, input);
    return updateIntegration(await surroundings.openCustomer(input.customer), input.id, wanted);
  }),
  'integration remove': command(
    { ...one, force: z.boolean().default(false) },
    async ({ openCustomer }, { customer, id, force }) => removeIntegration(await openCustomer(customer), id, force),
  ),
  'integration test': command(
    { ...one, number: z.string().max(limits.phoneNumber).optional(), email: z.string().max(limits.email).optional() },
    async ({ openCustomer }, { customer, id, number, email }) => {
      if (!number && !email) throw new UsageError('--number or --email is needed.');
      return testIntegration(await openCustomer(customer), id, { phone: number, email });
    },
  ),
  'integration authorize': command(one, async ({ openCustomer }, { customer, id }) =>
    authorizeIntegration(await openCustomer(customer), id),
  ),
} satisfies Commands;

type Changes = z.output<z.ZodObject<typeof changes>>;

/** Secrets come from files or standard input, as everybody on the machine can see the words of a command. */
async function readChanges({ readLine }: Surroundings, input: Changes) {
  const stdin = input['parameter-stdin'];
  const fromFiles: { name: string; value: string }[] = [];
  for (const { name, value: path } of input['parameter-file']) {
    const text = await readText('parameter-file', path, `${name}=${path}`);
    fromFiles.push({ name, value: text.replace(/\r?\n$/, '') });
  }
  return {
    name: input.name,
    position: input.position,
    lookup: input.lookup,
    callLogging: input['call-logging'],
    chatLogging: input['chat-logging'],
    contactCreation: input['contact-creation'],
    file: input.file === undefined ? undefined : await readText('file', input.file),
    parameters: [
      ...input['unset-parameter'].map((name) => ({ name, value: null })),
      ...input.parameter,
      ...fromFiles,
      ...(stdin === undefined ? [] : [{ name: stdin, value: await readLine() }]),
    ],
  };
}

/** Reads a file of UTF-8, or of UTF-16 that says so. Throws `UsageError` where that cannot be done. */
async function readText(option: string, path: string, word = path): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--${option} ${word} cannot be read: ${reasons[error.code ?? ''] ?? error.message}.`);
  });
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    if (text.length <= limits.integrationFile) return text;
  } catch {
    throw new UsageError(`--${option} ${word} is not a text in UTF-8.`);
  }
  throw new UsageError(`--${option} ${word} is longer than ${limits.integrationFile} characters.`);
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'that is not permitted',
  EISDIR: 'it is a folder',
};
