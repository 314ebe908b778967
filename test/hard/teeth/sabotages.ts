/** A bug as somebody might write it, and the test that must notice. */
export interface Sabotage {
  name: string;
  file: string;
  /** What is written in the file exactly once. */
  find: string;
  replace: string;
  test: {
    file: string;
    /** The title as it is written, or the part of it that no example changes. */
    title: string;
    /** The file that it is written in, where the one that is run only imports it. */
    writtenIn?: string;
  };
  /** Where the bug can only be seen on a server. */
  database?: 'PostgreSQL';
  /** Whether it is tried in the smoke as well. */
  smoke?: true;
}

export const sabotages: Sabotage[] = [
  {
    name: 'a report is not looked for by what it tells',
    file: 'src/domain/once.ts',
    find: '(await steps.byId(rows, remembered))) ?? found.twin;',
    replace: '(await steps.byId(rows, remembered))) || undefined;',
    test: {
      file: 'test/rest/idempotency.test.ts',
      title: 'a second report under another key, or without one, is still the same call',
    },
    smoke: true,
  },
  {
    name: 'commits do not wait for the disk',
    file: 'src/store/connections.ts',
    find: 'max: 16,',
    replace: "max: 16, options: '-c synchronous_commit=off',",
    test: { file: 'test/store/durable.test.ts', title: 'every commit waits until it is written' },
    database: 'PostgreSQL',
  },
  {
    name: 'deliveries are written after the transaction of their call',
    file: 'src/domain/phone-call.ts',
    find: 'const deliveries = await deliveriesOf(customer, { call });',
    replace: `const deliveries: object[] = [];
      const known = { phoneCallId: call.id, dueAt: now, createdAt: now, updatedAt: now };
      const data = (await deliveriesOf(customer, { call })).map((push) => ({ ...push, ...known }));
      setTimeout(() => customer.store.prisma.delivery.createMany({ data } as never).catch(() => {}), 20);`,
    test: {
      file: 'test/domain/deliveries.test.ts',
      title: 'a report that is undone leaves neither a delivery to our own journal nor one to a CRM',
      writtenIn: 'test/domain/deliveries/journal.ts',
    },
  },
  {
    name: 'a call is answered before its commit',
    file: 'src/store/customer-store.ts',
    find: 'query.after = [commit];\n    return ask(query);',
    replace: "const rows = ask(query); void end('COMMIT').catch(() => {}); return rows;",
    test: { file: 'test/store/durable.test.ts', title: 'a call whose commit fails is not answered as stored' },
  },
  {
    name: 'one statement forgets the customer',
    file: 'src/domain/logging.ts',
    find: `WHERE customer_id = $1 AND \${key} AND start_time = \${startTime}`,
    replace: `WHERE \${key} AND start_time = \${startTime}`,
    test: { file: 'test/domain/once.test.ts', title: 'another customer’s equal report is another one' },
  },
  {
    name: 'one scope of two is enough',
    file: 'src/schema/builder.ts',
    find: 'lookupScopes.every(',
    replace: 'lookupScopes.some(',
    test: { file: 'test/graphql/access.test.ts', title: 'needs every one of its scopes' },
  },
  {
    name: 'a revoked token is remembered for a minute',
    file: 'src/auth/authenticate.ts',
    find: 'const rememberMs = 800;',
    replace: 'const rememberMs = 60_000;',
    test: { file: 'test/rest/credentials.test.ts', title: 'a token that is revoked while nobody uses it is bad' },
  },
  {
    name: 'the token of a request is logged',
    file: 'src/app.ts',
    find: 'path: loggedPath(path)',
    replace: 'path',
    test: { file: 'test/rest/context-token.test.ts', title: 'neither secret is ever logged' },
  },
  {
    name: 'a value stands unescaped in an address',
    file: 'src/connectors/link-pattern.ts',
    find: 'encodeURIComponent(value.toWellFormed()).replace(',
    replace: 'value.toWellFormed().replace(',
    test: { file: 'test/connectors/url-builder.test.ts', title: 'no value changes scheme, host, path, parameters' },
    smoke: true,
  },
  {
    name: 'redirects are followed to other hosts',
    file: 'src/connectors/template/exchange.ts',
    find: 'if (!safe) return null;',
    replace: '',
    test: { file: 'test/hard/outgoing.hard.ts', title: 'a redirect of a CRM leads to no other host, port or scheme' },
  },
  {
    name: 'a statement may take for ever',
    file: 'src/store/pool.ts',
    find: 'const limitMs = () => Math.min(timeLeft(), statementMs);',
    replace: 'const limitMs = () => 2 ** 31 - 1;',
    test: { file: 'test/hard/database-network.hard.ts', title: 'black hole' },
    database: 'PostgreSQL',
  },
  {
    name: 'a body may have any size',
    file: 'src/http/body.ts',
    find: "const told = request.headers.get('content-length');",
    replace: "maximumBytes = Number.POSITIVE_INFINITY; const told = request.headers.get('content-length');",
    test: { file: 'test/rest/errors.test.ts', title: 'a body past the limit is refused, whether or not' },
  },
  {
    name: 'a page may have any size',
    file: 'src/domain/page.ts',
    find: 'Math.min(Math.max(asked ?? limits.defaultPageSize, 1), largest)',
    replace: '(largest, Math.max(asked ?? limits.defaultPageSize, 1))',
    test: { file: 'test/graphql/paging.test.ts', title: 'a page holds 20 calls unless told otherwise' },
  },
  {
    name: 'NUL is taken for text',
    file: 'src/storable.ts',
    find: "text.isWellFormed() && !text.includes('\\0')",
    replace: 'text.isWellFormed()',
    test: { file: 'test/graphql/contact.test.ts', title: ', saying where and why' },
  },
  {
    name: 'half a surrogate pair is taken for text',
    file: 'src/storable.ts',
    find: "text.isWellFormed() && !text.includes('\\0')",
    replace: "!text.includes('\\0')",
    test: { file: 'test/graphql/phone-call.test.ts', title: ', saying where and why' },
  },
  {
    name: 'a failure of the server is kept as the answer to its key',
    file: 'src/domain/once.ts',
    find: '  return inTransaction(customer, subjects, async (rows) => {',
    replace: `  const failures: Map<string, Error> = ((globalThis as any).failures ??= new Map());
      const name = idempotencyKey && [customer.id, operation, idempotencyKey].join(' ');
      const keep: typeof inTransaction = async (...asked) => {
        if (name && failures.has(name)) throw failures.get(name);
        return inTransaction(...asked).catch((error) => {
          if (name && error.code !== 'BAD_USER_INPUT') failures.set(name, error);
          throw error;
        });
      };
      return keep(customer, subjects, async (rows) => {`,
    test: { file: 'test/store/durable.test.ts', title: 'stores it once the database is well' },
  },
  {
    name: 'a write that finds no room is refused at once',
    file: 'src/domain/write-queue.ts',
    find: 'await sleep(refusalMs * (0.5 + Math.random()));',
    replace: '',
    test: { file: 'test/domain/write-queue.test.ts', title: 'with all room taken every face refuses every write' },
  },
  {
    name: 'a server that stops hangs up on those who wait',
    file: 'src/http/server.ts',
    find: 'while (inFlight().length > 0 && !late.aborted) {',
    replace: 'while (late.aborted) {',
    test: { file: 'test/hard/drain.hard.ts', title: 'a server that is told to stop answers everybody who waits' },
  },
  {
    name: 'hashes are compared byte by byte until they differ',
    file: 'src/auth/secret.ts',
    find: 'a.length === b.length && timingSafeEqual(a, b)',
    replace: 'Buffer.compare(a, b) === 0',
    test: { file: 'test/hard/credentials.hard.ts', title: 'where a secret is compared, it is compared by its hash' },
  },
  {
    name: 'a context token has every scope',
    file: 'src/auth/authenticate.ts',
    find: '[contextScope]',
    replace: "[contextScope, 'client', 'crm', 'admin']",
    test: { file: 'test/rest/context-token.test.ts', title: 'a context token has one scope' },
  },
];
