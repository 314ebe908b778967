import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditsOf, withToken } from '../support/audits.ts';
import { hostileBodies, hostileDocuments } from '../support/hostile-families.ts';
import { median, processorMs } from '../support/measure.ts';
import { ownDatabase } from '../support/own-database.ts';
import { startServer } from '../support/process.ts';
import { app, newCustomer } from '../support/world.ts';
import { sized, smoke, tell } from './rig.ts';

/** Median milliseconds of work within which every hostile request is refused; in a smoke the machine may be slow. */
const gateMs = smoke ? 150 : 50;
const tries = sized(7, 3);

const figures: Record<string, number | string> = {};
afterAll(() => tell('GraphQL', figures));

let token: string;
beforeAll(async () => {
  token = (await newCustomer()).token;
});

test('the audits of GraphQL over HTTP hold over a socket, in production', async () => {
  const settings = { ...(await ownDatabase()), NODE_ENV: 'production', DEMO_DATA: 'on', LOG_LEVEL: 'warn' };
  const server = await startServer({ ...settings, RATE_LIMIT_PER_CUSTOMER: '0', RATE_LIMIT_PER_ADDRESS: '0' });
  const audits = auditsOf(`${server.url}/graphql`, (request) => fetch(withToken(server.token, request)));
  const results = [];
  for (const { fn } of audits) results.push(await fn());
  const failed = results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`);
  figures.audits = `${audits.length - failed.length} of ${audits.length}`;
  expect([audits.length, failed]).toEqual([61, []]);
});

async function send(body: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  let [status, text] = [0, ''];
  const ms = await processorMs(async () => {
    const response = await app.fetch(new Request('http://test.local/graphql', { method: 'POST', headers, body }));
    [status, text] = [response.status, await response.text()];
  });
  return { ms, status, body: JSON.parse(text) };
}

const mistakes =
  /^(BAD_REQUEST|BAD_USER_INPUT|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|OPERATION_RESOLUTION_FAILURE)$/;

const isRefused = ({ status, body }: { status: number; body: any }) =>
  status < 500 &&
  (body.data ?? null) === null &&
  body.errors?.length > 0 &&
  body.errors.every(({ extensions }: any) => mistakes.test(extensions?.code));

test('every hostile document is refused as a mistake of its sender, at once', async () => {
  const attacks: [string, (at: number) => string][] = [
    // A comment of its own, so that nothing is remembered of the document before.
    ...hostileDocuments.map(([name, { query, variables }]): [string, (at: number) => string] => [
      name,
      (at) => JSON.stringify({ query: `# ${at}\n${query}`, variables }),
    ]),
    ...hostileBodies.map(([name, body]): [string, (at: number) => string] => [name, () => body]),
  ];
  const wrong: string[] = [];
  const medians: [string, number][] = [];
  for (const [name, bodyAt] of attacks) {
    const answers = [];
    for (let at = 0; at < tries; at++) answers.push(await send(bodyAt(at)));
    medians.push([name, median(answers.map(({ ms }) => ms))]);
    const taken = answers.find((answer) => !isRefused(answer));
    if (taken) wrong.push(`${name}: ${taken.status} ${JSON.stringify(taken.body).slice(0, 300)}`);
  }
  const [slowest, ms] = medians.toSorted((a, b) => b[1] - a[1])[0] as [string, number];
  Object.assign(figures, {
    hostile: attacks.length,
    refused: attacks.length - wrong.length,
    'slowest median': `${ms.toFixed(1)} ms (${slowest})`,
  });
  expect(wrong).toEqual([]);
  expect(medians.filter(([, time]) => time >= gateMs)).toEqual([]);
});
