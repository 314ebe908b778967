import { type CustomerRows, statement } from '../store/customer-store.ts';

export interface ReportedAgent {
  email: string | null | undefined;
  /** The internal number of a call, or what a chat calls its agent. */
  extension: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
}

/** A report that tells an agent's email and extension is remembered for those that tell only the extension. */
export async function rememberAgent(rows: CustomerRows, agent: ReportedAgent): Promise<void> {
  const { email, extension, firstName, lastName } = agent;
  if (!email || !extension) return;
  await rows.rows(storeAgent, extension, email.toLowerCase(), firstName ?? null, lastName ?? null);
}

/** The email last seen at an extension, as SQL. */
export const agentAt = (extension: string) =>
  `(SELECT email FROM agents WHERE customer_id = $1 AND extension = ${extension})`;

/**
 * To whom a call or chat is attributed: the email in lower case; without one, the email last seen at the extension;
 * else the extension itself.
 */
export const attributed = ({ email, extension }: ReportedAgent, lastSeen: string | null): string | null =>
  email?.toLowerCase() || (extension ? (lastSeen ?? extension) : null);

/** To whom a stored call is attributed; an email that a repeat brought later counts as if it had been told at first. */
export const agentKeyOf = ({ agentEmail, agentKey }: { agentEmail: string | null; agentKey: string | null }) =>
  agentEmail?.toLowerCase() ?? agentKey;

/** Touches the row only for what is new, as even an update of nothing would make a busy agent's calls wait for each other. */
const storeAgent = statement<never>(`
  INSERT INTO agents AS known (customer_id, extension, email, first_name, last_name, updated_at)
  SELECT $1::uuid, $2::text, $3::text, $4::text, $5::text, clock_timestamp()
  WHERE NOT EXISTS (
    SELECT FROM agents WHERE customer_id = $1 AND extension = $2 AND email = $3
      AND first_name IS NOT DISTINCT FROM coalesce($4, first_name)
      AND last_name IS NOT DISTINCT FROM coalesce($5, last_name)
  )
  ON CONFLICT (customer_id, extension) DO UPDATE
  SET email = excluded.email, first_name = coalesce(excluded.first_name, known.first_name),
    last_name = coalesce(excluded.last_name, known.last_name), updated_at = excluded.updated_at
  WHERE known.email <> excluded.email
    OR known.first_name IS DISTINCT FROM coalesce(excluded.first_name, known.first_name)
    OR known.last_name IS DISTINCT FROM coalesce(excluded.last_name, known.last_name)`);
