import type { Connector, ConnectorContact, ContactHits } from '../../src/connectors/connector.ts';
import { native } from '../../src/connectors/native.ts';
import { newTimedCustomer, type TimedCustomer } from './clock.ts';
import { connectorOf, type ServeOptions, store } from './world.ts';

/** Somebody as a CRM tells of them. */
export const crmContact = (id: string, more: Partial<ConnectorContact> = {}): ConnectorContact => ({
  id,
  civility: null,
  firstName: 'Camille',
  lastName: 'Martin',
  email: null,
  company: null,
  website: null,
  phoneBusiness1: null,
  phoneBusiness2: null,
  phoneMobile1: '+33612345678',
  phoneMobile2: null,
  phoneHome: null,
  phoneOther: null,
  entityUrl: `https://crm.example/${id}`,
  entityType: null,
  customValue: null,
  createdAt: null,
  updatedAt: null,
  ...more,
});

export const found = (...ids: string[]): ContactHits => ({
  kind: 'E164',
  contacts: ids.map((id) => crmContact(id)),
  candidates: ids.length,
});

export const fails = async (): Promise<never> => {
  throw new Error('The CRM is down.');
};

/** Answers never, unless it is told that nobody waits any longer. */
export const hangs = (_: unknown, options?: { signal?: AbortSignal | undefined }): Promise<never> =>
  new Promise((_, reject) => {
    options?.signal?.addEventListener('abort', () => reject(new Error('Given up.')));
  });

export interface Looked {
  contacts: { id: string; placeholder: boolean }[];
  match: { kind: string; candidates: number; integration: string | null; skipped: object[] };
}

export interface CrmCustomer extends TimedCustomer {
  look(phone: string, more?: { email?: string; placeholder?: boolean }): Promise<Looked>;
}

const search = `query ($phone: String, $email: String, $placeholder: Boolean) {
  contactSearch(phone: $phone, email: $email, placeholder: $placeholder) {
    contacts { id placeholder }
    match { kind candidates integration skipped { integration reason } }
  }
}`;

/** A customer who asks these CRMs in this order, and our own contacts where `native` stands, or last. */
export async function newCrmCustomer(
  crms: Record<string, Connector>,
  options: ServeOptions & { nativeFirst?: boolean } = {},
): Promise<CrmCustomer> {
  const { nativeFirst = false, ...serving } = options;
  const kinds = Object.entries(crms).map(([kind, connection]) => [kind, connectorOf(connection)] as const);
  const connectors = { native, ...Object.fromEntries(kinds) };
  const customer = await newTimedCustomer(undefined, { ...serving, connectors });
  await connectCrms(customer.id, Object.keys(crms), nativeFirst);
  return {
    ...customer,
    look: async (phone, more = {}) => (await customer.graphql(search, { phone, ...more })).body.data.contactSearch,
  };
}

/** Gives a customer one integration of each kind, before our own contacts or after them. */
export async function connectCrms(customerId: string, kinds: string[], nativeFirst = false): Promise<void> {
  const position = nativeFirst ? 1 : kinds.length + 1;
  await store.operator.integration.updateMany({ where: { customerId }, data: { position } });
  await store.operator.integration.createMany({
    data: kinds.map((connector, index) => ({
      customerId,
      id: crypto.randomUUID(),
      connector,
      position: index + (nativeFirst ? 2 : 1),
    })),
  });
}
