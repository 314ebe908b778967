import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { composed, statement } from '../../src/store/customer-store.ts';
import { readTime } from '../../src/store/rows-query.ts';
import { newCustomer, store } from '../support/world.ts';

const asTheDriver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text');

test('times are read as the driver reads them, however PostgreSQL writes them', () => {
  const digits = (count: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: count });
  const zone = fc.constantFrom('+00', '+01', '-08', '+05:30', '-00:25:21');
  const written = fc
    .tuple(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), digits(6), zone)
    .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19).replace('T', ' ')}.${fraction}${zone}`);
  const others = fc.constantFrom('infinity', '-infinity', '0044-03-15 10:00:00+00 BC', '12026-03-01 10:00:00+00');
  fc.assert(
    fc.property(fc.oneof({ weight: 10, arbitrary: written }, others), (text) => {
      expect(readTime(text)).toEqual(asTheDriver(text));
    }),
  );
});

const typed = `SELECT $1::uuid AS customer_id, 1 AS phone_business_1, '2026-03-01 10:00:00.5+02'::timestamptz AS start_time,
  true AS answered, '{"a": [1]}'::jsonb AS context_data, NULL::text AS nothing, ARRAY['x', NULL] AS list, 2::bigint AS many`;

test.each([
  ['named', statement<object>(typed)],
  ['composed', composed<object>(typed)],
])('the rows of a %s statement are plain objects, the first time and every other', async (_, query) => {
  const { id } = await newCustomer();
  const row = {
    customerId: id,
    phoneBusiness1: 1,
    startTime: new Date('2026-03-01T08:00:00.5Z'),
    answered: true,
    contextData: { a: [1] },
    nothing: null,
    list: ['x', null],
    many: '2',
  };
  for (let time = 0; time < 3; time++) expect(await store.forCustomer(id).rows(query)).toEqual([row]);
});
