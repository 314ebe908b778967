import { statement } from '../../src/store/customer-store.ts';
import { store } from './world.ts';

/**
 * Gives a customer many calls at once, one a minute, the newest at the given moment; every tenth has no start. Subjects
 * are their numbers, from 1 for the oldest.
 */
export const fillHistory = (customerId: string, calls: number, until = new Date('2026-03-01T10:00:00Z')) =>
  store.forCustomer(customerId).rows(insertCalls, calls, until);

const insertCalls = statement<never>(`
  INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external,
    number_internal, numbers_sent, duration_seconds, start_time, subject, created_at, updated_at)
  SELECT $1, gen_random_uuid(), (ARRAY['INBOUND', 'OUTBOUND'])[1 + n % 2]::call_direction,
    (ARRAY['COMPLETED', 'MISSED', 'BUSY'])[1 + n % 3]::call_status, n % 3 = 0,
    '+336' || lpad(n::text, 8, '0'), '101', '+336' || lpad(n::text, 8, '0'), '101', '{}', n % 600,
    CASE WHEN n % 10 > 0 THEN at END, n::text, at, at
  FROM (SELECT n, $3::timestamptz - make_interval(mins => $2::int - n) AS at FROM generate_series(1, $2::int) AS n) AS calls`);
