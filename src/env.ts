import proxyAddress from 'proxy-addr';
import { z } from 'zod';

const onOff = z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] });

/** Every setting, with what it is for: the README's table is made from this. */
export const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('The address to listen on.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4000)
    .describe('The port to listen on; 0 takes any free one.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('Begins every link that the server makes; the listening address if absent.'),
  DATA_DIR: z.string().default('.data').describe('The folder of the embedded database.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      'A PostgreSQL server (15 or newer) to use instead of the embedded database; ends in `?pgbouncer=true` where a pooler of transactions stands before it.',
    ),
  SECRET_KEY: z
    .string()
    .transform((list) => list.split(',').map((key) => key.trim()))
    .pipe(z.array(z.string().min(32, 'must be at least 32 characters, such as 32 random bytes in base64')))
    .optional()
    .describe(
      'What secrets of CRMs are encrypted with: at least 32 random characters; to change it, put the new one in front of the old, with a comma. Absent, a key file lies beside the embedded database; on PostgreSQL no secrets can be kept.',
    ),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe(
      'A Redis server through which several server processes tell each other what happened, and share rate limits; only needed for those.',
    ),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('`production` closes introspection and GraphiQL and switches rate limits on.'),
  GRAPHIQL: onOff
    .optional()
    .describe('Whether browsers get GraphiQL at `/graphql`: `on` or `off`; on outside production if absent.'),
  DEMO_DATA: onOff
    .optional()
    .describe('Whether an empty database gets demo data at the start; on outside production if absent.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('How much is logged, as JSON lines on standard error.'),
  ALLOW_PRIVATE_TARGETS: onOff
    .default(false)
    .describe('Whether CRMs and other servers in private networks may be asked: `on` or `off`.'),
  LOOKUP_DEADLINE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(2000)
    .describe('Within how many milliseconds a lookup is answered, however slow or broken the CRMs are.'),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must be at least 16 characters without spaces')
    .optional()
    .describe('Opens `GET /metrics` to Prometheus, which must send it as a bearer token; without it there is none.'),
  RATE_LIMIT_PER_CUSTOMER: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Requests a minute for each customer, 0 for no limit; 6000 in production, else none.'),
  RATE_LIMIT_PER_ADDRESS: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Failed credentials a minute from each address, 0 for no limit; 20 in production, else none.'),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((proxy) => proxy.trim()))
    .refine(areProxies, 'must be addresses or networks with commas between them, such as loopback,10.0.0.0/8')
    .optional()
    .describe(
      'Proxies that are believed in `X-Forwarded-For` where a request comes from: addresses and networks, or `loopback`, `linklocal`, `uniquelocal`, with commas between them. Without one it comes from the address that connects.',
    ),
});

function areProxies(proxies: string[]): boolean {
  try {
    proxyAddress.compile(proxies);
    return true;
  } catch {
    return false;
  }
}

export type Environment = z.output<typeof settings>;

/** A setting has a value that cannot be used; the message names it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Reads the settings; an empty one counts as absent. Throws `SettingError`. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = settings.safeParse(set);
  if (read.success) return read.data;
  throw new SettingError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
