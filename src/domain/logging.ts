import { statement } from '../store/customer-store.ts';
import { agentAt, attributed, type ReportedAgent, rememberAgent } from './agent.ts';
import { contactOf, contactValues, type OtherEnd } from './contact-of.ts';
import type { Customer } from './customer.ts';
import { insertRow } from './row.ts';
import type { Transaction } from './transaction.ts';

/** Whom a call or chat was with, and to whom it is attributed. */
export interface People {
  contactId: string | null;
  agentKey: string | null;
}

interface Looked {
  knownContactId: string | null;
  knownAgent: string | null;
}

/** Finds people, and the row of a table that a report repeats by its natural key; the values of that begin at `$6`. */
export const findTwin = <Row>(table: string, repeats: string) =>
  statement<Row & Looked>(`
    SELECT twin.*, ${contactOf('$2', '$3', '$4')} AS known_contact_id, ${agentAt('$5')} AS known_agent
    FROM (SELECT) AS nothing
    LEFT JOIN LATERAL (
      SELECT * FROM ${table} WHERE customer_id = $1 AND ${repeats} ORDER BY created_at DESC LIMIT 1
    ) AS twin ON true`);

/** Asks `findTwin` for what is to be known before a report is stored, in one round trip. */
export async function look<Row extends { id: string }>(
  rows: Transaction,
  query: ReturnType<typeof findTwin<Row>>,
  report: { customer: Customer; otherEnd: OtherEnd; agent: ReportedAgent; naturalKey: unknown[] },
): Promise<{ twin: Row | undefined; known: People }> {
  const { customer, otherEnd, agent, naturalKey } = report;
  await rememberAgent(rows, agent);
  const values = [...contactValues(customer, otherEnd), agent.extension ?? null, ...naturalKey];
  const [found] = await rows.rows(query, ...values);
  const { knownContactId, knownAgent, ...twin } = found as Row & Looked;
  const known = { contactId: knownContactId, agentKey: attributed(agent, knownAgent) };
  return { twin: twin.id ? (twin as unknown as Row) : undefined, known };
}

/** Stores a report in a table, as `insertRow` does, with its deliveries (JSON in `$3`); answers more columns if wanted. */
export const insertLogged = <Row>(table: string, reference: 'phone_call_id' | 'chat_id', more: string[] = []) =>
  statement<Row>(`
    WITH logged AS (${insertRow(table)}),
    pushed AS (
      INSERT INTO deliveries (customer_id, id, integration_id, ${reference}, state, attempts, message, remote_id,
        remote_url, due_at, created_at, updated_at)
      SELECT $1, push.id, push.integration_id, logged.id, push.state, push.attempts, push.message, push.remote_id,
        push.remote_url, logged.created_at, logged.created_at, logged.created_at
      FROM logged, jsonb_populate_recordset(null::deliveries, $3::jsonb) AS push
    )
    SELECT ${['logged.*', ...more].join(', ')} FROM logged`);
