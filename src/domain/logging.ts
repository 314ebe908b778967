import { columnName } from '../store/column.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import { agentAt, attributed, type ReportedAgent, rememberAgent } from './agent.ts';
import { contactOf, contactValues, type OtherEnd } from './contact-of.ts';
import type { Customer } from './customer.ts';
import { withColumnNames } from './row.ts';
import type { Transaction } from './transaction.ts';

/** Whom a call or chat was with, and to whom it is attributed. */
export interface People {
  contactId: string | null;
  agentKey: string | null;
}

/** What is known before a report is stored. */
export interface Known {
  people: People;
  /** Whether contexts wait for the report. */
  hasContexts: boolean;
}

interface Looked {
  knownContactId: string | null;
  knownAgent: string | null;
  hasContexts: boolean;
}

/** What makes a report the same as another one, as SQL, whose values begin at `$6`. */
interface NaturalKey {
  /** Besides the start. */
  key: string;
  startTime: string;
  now: string;
}

/**
 * Finds people, the row of a table that a report repeats, and by SQL of its own whether contexts wait for the report. A
 * row is the same with the same start second, or, where neither has a start, if it was reported within two minutes.
 * These are two questions for PostgreSQL: one with an OR would go through all calls of a withheld number.
 */
export const findTwin = <Row>(table: string, { key, startTime, now }: NaturalKey, hasContexts = 'false') =>
  statement<Row & Looked>(`
    SELECT twin.*, ${contactOf('$2', '$3', '$4')} AS known_contact_id, ${agentAt('$5')} AS known_agent,
      ${hasContexts} AS has_contexts
    FROM (SELECT) AS nothing
    LEFT JOIN LATERAL (
      SELECT * FROM ${table} WHERE customer_id = $1 AND ${key} AND start_time = ${startTime}
      UNION ALL (
        SELECT * FROM ${table}
        WHERE customer_id = $1 AND ${key} AND start_time IS NULL AND ${startTime} IS NULL
          AND created_at > ${now}::timestamptz - interval '2 minutes'
        ORDER BY created_at DESC LIMIT 1
      )
    ) AS twin ON true`);

/** Asks `findTwin` for what is to be known before a report is stored, in one round trip. */
export async function look<Row extends { id: string }>(
  rows: Transaction,
  query: ReturnType<typeof findTwin<Row>>,
  report: { customer: Customer; otherEnd: OtherEnd; agent: ReportedAgent; values: unknown[] },
): Promise<{ twin: Row | undefined; known: Known }> {
  const { customer, otherEnd, agent, values } = report;
  await rememberAgent(rows, agent);
  const [found] = await rows.rows(query, ...contactValues(customer, otherEnd), agent.extension ?? null, ...values);
  const { knownContactId, knownAgent, hasContexts, ...twin } = found as Row & Looked;
  const people = { contactId: knownContactId, agentKey: attributed(agent, knownAgent) };
  return { twin: twin.id ? (twin as unknown as Row) : undefined, known: { people, hasContexts } };
}

/** A table of reports, each with its deliveries. */
export interface ReportTable<Row> {
  /** A whole row: what is not told is null. */
  row(customer: Customer, told: Partial<Row>): Row;
  /** Stores a row and its deliveries, in one go. */
  insert(rows: CustomerRows['rows'], row: Row, deliveries: object[]): Promise<void>;
}

/** Describes a table by all of its fields. */
export function reportTable<Row extends object>(
  table: string,
  reference: 'phone_call_id' | 'chat_id',
  all: Record<string, keyof Row & string>,
): ReportTable<Row> {
  const fields = Object.values(all).filter((field) => field !== 'customerId');
  const insert = statement<never>(`
    WITH logged AS (
      INSERT INTO ${table} (customer_id, ${fields.map((field) => `"${columnName(field)}"`).join(', ')})
      VALUES ($1, ${fields.map((_, index) => `$${index + 3}`).join(', ')})
      RETURNING id, created_at
    )
    INSERT INTO deliveries (customer_id, id, integration_id, ${reference}, state, attempts, message, remote_id,
      remote_url, due_at, created_at, updated_at)
    SELECT $1, push.id, push.integration_id, logged.id, push.state, push.attempts, push.message, push.remote_id,
      push.remote_url, logged.created_at, logged.created_at, logged.created_at
    FROM logged, jsonb_populate_recordset(null::deliveries, $2::jsonb) AS push`);
  return {
    row: ({ id: customerId }, told) => {
      const row: Record<string, unknown> = { customerId };
      for (const field of fields) row[field] = told[field] ?? null;
      return row as Row;
    },
    insert: async (rows, row, deliveries) => {
      await rows(insert, JSON.stringify(deliveries.map(withColumnNames)), ...fields.map((field) => row[field]));
    },
  };
}
