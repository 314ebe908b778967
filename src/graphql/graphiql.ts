import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const tab = (query: string, variables: object = {}) => ({
  query: query.trim(),
  variables: Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '',
  headers: headersHint,
});

/** Comments are allowed here, so an untouched hint sends no header and the schema can still be read. */
const headersHint = `{
  // Remove the slashes and paste your token:
  // "Authorization": "Bearer crm_..."
}`;

const defaultTabs = [
  // No variables here: GraphiQL leaves those of the first tab out when it opens.
  tab(`# Who is calling?
# Paste your token under "Headers" below,
# then press the play button.
query WhoIsCalling {
  contactSearch(phone: "06 12 34 56 78") {
    match { kind number candidates ambiguous integration }
    contacts {
      id firstName lastName company
      email phoneMobile1 entityUrl
    }
  }
}`),
  tab(
    `mutation CreateContact($input: CreateContactInput!) {
  createContact(input: $input) {
    created
    contact { id lastName phoneMobile1 entityUrl }
  }
}`,
    { input: { lastName: 'Moreau', firstName: 'Inès', phone: '+33 6 98 76 54 32' } },
  ),
  tab(`query History {
  phoneCalls(first: 5) {
    totalCount
    nodes {
      startTime direction status durationSeconds numberExternal subject
      contact { firstName lastName }
      segments { order dnType dn answered }
      logs { integration state attempts message }
    }
    pageInfo { hasNextPage endCursor }
  }
}`),
  tab(
    `mutation LogCall($input: LogPhoneCallInput!) {
  logPhoneCall(input: $input) {
    replayed
    call { id durationSeconds contact { lastName } }
  }
}`,
    {
      input: {
        direction: 'INBOUND',
        status: 'COMPLETED',
        numberExternal: '+33612345678',
        numberInternal: '101',
        startTime: '2026-01-15T09:30:00Z',
        endTime: '2026-01-15T09:33:20Z',
        subject: 'Order 1042',
      },
    },
  ),
  tab(
    `mutation SaveContext($input: UpsertCallContextInput!) {
  upsertCallContext(input: $input) {
    created
    callContext { id contextData { key value } }
  }
}`,
    {
      input: {
        direction: 'INBOUND',
        numberFrom: '+33612345678',
        contextData: [{ key: 'ticket', value: 4711 }],
      },
    },
  ),
  tab(
    `mutation LogChat($input: LogChatInput!) {
  logChat(input: $input) {
    replayed
    chat { id contact { lastName } }
  }
}`,
    {
      input: {
        email: 'camille.martin@example.com',
        startTime: '2026-01-15T10:00:00Z',
        endTime: '2026-01-15T10:12:00Z',
        chatMessages: 'Camille: Where is my order?\nAgent: On its way.',
      },
    },
  ),
];

/** GraphiQL is one page with its scripts and styles in it, and begins workers of its own. */
const policy =
  "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

type Encoding = 'br' | 'gzip' | 'identity';

const compress = {
  br: (page: Buffer) => promisify(brotliCompress)(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify(gzip) as (page: Buffer) => Promise<Buffer>,
  identity: async (page: Buffer) => page,
} satisfies Record<Encoding, (page: Buffer) => Promise<Buffer>>;

/** Answers GraphiQL as one page that loads nothing else. It has 9 MB, so it is rendered and compressed only once. */
export function createGraphiqlPage(): (request: Request) => Promise<Response> {
  const pages = new Map<Encoding, Promise<Buffer>>();
  const render = async () => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    return Buffer.from(
      renderGraphiQL({ title: 'CRM Lookup', defaultTabs, headers: headersHint, shouldPersistHeaders: true }),
    );
  };
  return async (request) => {
    const accepted = request.headers.get('accept-encoding') ?? '';
    const encoding: Encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
    const page = pages.get(encoding) ?? render().then(compress[encoding]);
    pages.set(encoding, page);
    return new Response(new Uint8Array(await page), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'content-security-policy': policy,
        vary: 'Accept, Accept-Encoding',
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      },
    });
  };
}

/** Whether the request comes from a browser's address bar rather than from a program. */
export const wantsPage = (request: Request) =>
  request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
