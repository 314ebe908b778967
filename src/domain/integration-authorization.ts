import type { ConnectorAuthorization } from '../connectors/connector.ts';
import { badInput, DomainError } from '../errors.ts';
import { authorizationReturnPage } from '../links.ts';
import { statement } from '../store/customer-store.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { givenConfiguration } from './connection.ts';
import type { Customer } from './customer.ts';
import { findIntegration, updateIntegration } from './integration.ts';

/** How long a person has to grant access, in milliseconds. */
const patienceMs = 60 * 60 * 1000;

/** What a state stands for: an integration as its row stood, so that any change of it ends the state. */
interface Pending {
  id: string;
  updatedAt: number;
  expiresAt: number;
  redirectUri: string;
}

const place = 'authorization';

/**
 * The page of the CRM on which a person grants access to it; good for an hour, and until the integration is changed.
 * Throws `NOT_FOUND`, `BAD_USER_INPUT` where the CRM asks for no such thing, `NOT_ENABLED` where no secrets are kept.
 */
export async function authorizeIntegration(customer: Customer, id: string): Promise<{ url: string; expiresAt: Date }> {
  const row = await findIntegration(customer, id);
  const expiresAt = new Date(customer.now().getTime() + patienceMs);
  const redirectUri = authorizationReturnPage(customer.publicUrl);
  const pending: Pending = { id, updatedAt: row.updatedAt.getTime(), expiresAt: expiresAt.getTime(), redirectUri };
  const sealed = customer.store.seal(JSON.stringify(pending), place);
  const state = `${customer.id}.${sealed.toString('base64url')}`;
  return { url: authorizationOf(customer, row).url(redirectUri, state), expiresAt };
}

/** The customer that a state names, which says nothing of whether it is good; null where it names none. */
export const customerOfState = (state: string): string | null => /^([0-9a-f-]{36})\.[\w-]+$/.exec(state)?.[1] ?? null;

/** The name of the integration that a state stands for. Throws `BAD_USER_INPUT` where the state is no longer good. */
export async function integrationOfState(customer: Customer, state: string): Promise<string> {
  const { id, updatedAt } = readState(customer, state);
  const row = await findIntegration(customer, id);
  if (row.updatedAt.getTime() !== updatedAt) throw outdated();
  return row.name ?? row.connector;
}

/**
 * Exchanges the code that came back from the CRM, and keeps what it grants, sealed. A state is good for one exchange,
 * however that ends. Throws `BAD_USER_INPUT` for a bad state, and what the connector throws where nothing was granted.
 */
export async function completeAuthorization(customer: Customer, state: string, code: string): Promise<void> {
  const { id, updatedAt, redirectUri } = readState(customer, state);
  const [row] = await customer.store.rows(claim, id, new Date(updatedAt), customer.now());
  if (!row) throw outdated();
  const { parameter, value } = await authorizationOf(customer, row).complete(code, state, redirectUri);
  await updateIntegration(customer, id, { parameters: [{ name: parameter, value }] });
}

function authorizationOf(customer: Customer, row: IntegrationModel): ConnectorAuthorization {
  givenConfiguration(row, customer.store);
  const { authorization } = customer.connect(row);
  if (!authorization) throw badInput(['id'], 'This CRM does not ask a person to grant access.');
  return authorization;
}

function readState({ id, store, now }: Customer, state: string): Pending {
  const [customerId, sealed = ''] = state.split('.');
  if (customerId !== id) throw outdated();
  const pending = unsealed(() => store.unseal(Buffer.from(sealed, 'base64url'), place));
  if (!pending || pending.expiresAt <= now().getTime()) throw outdated();
  return pending;
}

function unsealed(open: () => string): Pending | null {
  try {
    return JSON.parse(open()) as Pending;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

const outdated = () => badInput(['state'], 'This request is no longer good. Begin again.');

/** Only the first who comes with a state finds the row as it was. */
const claim = statement<IntegrationModel>(`
  UPDATE integrations SET updated_at = greatest($4::timestamptz, updated_at + interval '1 millisecond')
  WHERE customer_id = $1 AND id = $2 AND updated_at = $3 AND position IS NOT NULL
  RETURNING *`);
