import { describe, expect, test } from 'vitest';
import { fillHistory } from './support/history.ts';
import { logCalls } from './support/rest.ts';
import { readText } from './support/sources.ts';
import { graphql, newCustomer } from './support/world.ts';

interface Target {
  type: 'graphql' | 'json';
  url: string;
  url_options: { body_graphql_query: string; body_graphql_variables: string };
  root_selector: string;
  columns: { selector: string; type: string }[];
}

const dashboard = JSON.parse(readText('docs/grafana/dashboard.json'));
const targets: { title: string; target: Target }[] = dashboard.panels.flatMap(
  ({ title, targets }: { title: string; targets: Target[] }) => targets.map((target) => ({ title, target })),
);

const from = Date.UTC(2026, 2, 1);
const to = Date.UTC(2026, 2, 2) - 1;

/** What Grafana puts in the place of its variables; there must be none that it does not know. */
const filled = (text: string, bucket: string) =>
  text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = { __from: from, __to: to, bucket }[name];
    if (value === undefined) throw new Error(`Nobody fills in ${name}.`);
    return String(value);
  });

const pick = (value: any, selector: string) => selector.split('.').reduce((inner, name) => inner?.[name], value);

const types: Record<string, (value: unknown) => boolean> = {
  number: (value) => value === null || !Number.isNaN(Number(value)),
  string: (value) => value === null || typeof value === 'string',
  timestamp: (value) => !Number.isNaN(Date.parse(String(value))),
};

describe.each(targets)('the panel "$title"', ({ target }) => {
  test.each(['HOUR', 'DAY', 'WEEK', 'MONTH'])('is answered, in buckets of one %s', async (bucket) => {
    const customer = await newCustomer();
    await fillHistory(customer.id, 50, new Date(to));
    await logCalls(
      customer,
      { agent_email: 'lea@example.com', queue_extension: '800' },
      { status: 'missed', number_did: '0142685300', queue_extension: '800' },
    );
    const ask = async () => {
      if (target.type === 'json') return (await customer.rest('GET', filled(target.url, bucket))).body;
      expect(target.url).toBe('/graphql');
      const { body_graphql_query: query, body_graphql_variables: variables } = target.url_options;
      return (await customer.graphql(query, JSON.parse(filled(variables, bucket)))).body;
    };
    const answer = await ask();
    expect(answer.errors).toBeUndefined();
    const rows = [pick(answer, target.root_selector)].flat();
    expect(rows.length).toBeGreaterThan(0);
    for (const { selector, type } of target.columns) {
      for (const row of rows) {
        expect(pick(row, selector), selector).toBeDefined();
        expect([selector, types[type]?.(pick(row, selector))]).toEqual([selector, true]);
      }
      expect(
        rows.some((row) => pick(row, selector) !== null),
        selector,
      ).toBe(true);
    }
  });
});

test('there are panels over both faces', () => {
  expect(new Set(targets.map(({ target }) => target.type))).toEqual(new Set(['graphql', 'json']));
  expect(targets.length).toBeGreaterThan(5);
});

const document = 'query ($from: DateTime) { phoneCalls(filter: { startTime: { from: $from } }) { totalCount } }';

test('a moment may be told in milliseconds, in a variable and in the document', async () => {
  const customer = await newCustomer();
  await logCalls(customer, {}, {});
  const nine = Date.UTC(2026, 2, 1, 9);
  for (const moment of [nine, nine - 1, '2026-03-01T09:00:00Z', '2026-03-01T10:00:00+01:00']) {
    expect((await customer.graphql(document, { from: moment })).body).toEqual({
      data: { phoneCalls: { totalCount: 1 } },
    });
  }
  const literal = `{ phoneCalls(filter: { startTime: { from: ${nine} } }) { totalCount } }`;
  expect((await customer.graphql(literal)).body).toEqual({ data: { phoneCalls: { totalCount: 1 } } });
});

test.each([2026, nineSeconds(), 1.5e12 + 0.5, 8.64e15 + 1, -1, true, '1772355600000'])(
  '%s is no moment',
  async (from) => {
    const { body } = await graphql(document, { from }, { token: (await newCustomer()).token });
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  },
);

/** Seconds, not milliseconds. */
function nineSeconds(): number {
  return Date.UTC(2026, 2, 1, 9) / 1000;
}
