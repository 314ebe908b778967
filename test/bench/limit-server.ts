import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countCalls, customerOf, hourlyFigures, logCall, type Report, readCalls, searchContacts } from './by-hand.ts';

// As fast as it can be done by hand: bare node:http and prepared statements, for the same work.

const work: Record<string, (customer: string, query: URLSearchParams, body: Report) => Promise<unknown>> = {
  search: (customer, query) => searchContacts(customer, query.get('phone') as string),
  history: async (customer) => ({ data: await readCalls(customer, 20), total: await countCalls(customer) }),
  log: (customer, _, report) => logCall(customer, report),
  figures: (customer, query) => hourlyFigures(customer, query.get('from') as string, query.get('to') as string),
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url as string, 'http://limit');
  const customer = await customerOf(request.headers.authorization);
  let text = '';
  for await (const chunk of request) text += chunk;
  const body = text ? JSON.parse(text) : {};
  const answer = customer && (await work[url.pathname.slice(1)]?.(customer, url.searchParams, body));
  response.writeHead(answer ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? null));
});
server.listen(0, '127.0.0.1', () =>
  console.log(`Address   http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => process.exit(0));
