import { type CustomerRows, statement } from '../store/customer-store.ts';

export interface ReportedAgent {
  email: string | null | undefined;
  /** The internal number of a call, or what a chat calls its agent. */
  extension: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
}

/**
 * To whom a call or chat is attributed: the email in lower case; without one, the email last seen at the extension;
 * else the extension itself. A report that tells both is remembered for those that tell only the extension.
 */
export async function attributeAgent(rows: CustomerRows, agent: ReportedAgent): Promise<string | null> {
  const email = agent.email?.toLowerCase() ?? null;
  const { extension } = agent;
  if (email && extension) {
    await rows.rows(rememberAgent, extension, email, agent.firstName ?? null, agent.lastName ?? null);
  }
  if (email || !extension) return email;
  const [known] = await rows.rows(agentAt, extension);
  return known?.email ?? extension;
}

/** To whom a stored call is attributed; an email that a repeat brought later counts as if it had been told at first. */
export const agentKeyOf = ({ agentEmail, agentKey }: { agentEmail: string | null; agentKey: string | null }) =>
  agentEmail?.toLowerCase() ?? agentKey;

const agentAt = statement<{ email: string }>('SELECT email FROM agents WHERE customer_id = $1 AND extension = $2');

/** Writes only what is new, so that a busy agent's calls do not wait for each other. */
const rememberAgent = statement<never>(`
  INSERT INTO agents AS known (customer_id, extension, email, first_name, last_name, updated_at)
  VALUES ($1, $2, $3, $4, $5, clock_timestamp())
  ON CONFLICT (customer_id, extension) DO UPDATE
  SET email = excluded.email, first_name = coalesce(excluded.first_name, known.first_name),
    last_name = coalesce(excluded.last_name, known.last_name), updated_at = excluded.updated_at
  WHERE known.email <> excluded.email
    OR known.first_name IS DISTINCT FROM coalesce(excluded.first_name, known.first_name)
    OR known.last_name IS DISTINCT FROM coalesce(excluded.last_name, known.last_name)`);
