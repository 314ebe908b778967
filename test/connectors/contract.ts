import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../src/connectors/configuration.ts';
import type {
  Connector,
  ConnectorContact,
  ConnectorKind,
  ContactQuery,
  GivenConfiguration,
  NewContact,
} from '../../src/connectors/connector.ts';
import { phoneQuery } from '../../src/connectors/contact-query.ts';
import { DomainError } from '../../src/errors.ts';
import type { Send } from '../../src/outgoing/send.ts';
import { readPhoneNumber } from '../../src/phone-number.ts';
import { isStorable } from '../../src/storable.ts';
import type { ChatModel, PhoneCallModel } from '../../src/store/prisma/models.ts';
import { newCustomer, publicUrl, store } from '../support/world.ts';

/** What the laws need to know of a kind of CRM. */
export interface Subject {
  kind: ConnectorKind<any>;
  /** A configuration that can be used; its secrets hold the word CANARY. */
  given: GivenConfiguration;
  /** A CRM of its own behind the connector; nothing is sent where there is none. */
  newCrm?(): Send;
}

const refuseAll: Send = async () => {
  throw new Error('Nothing was to be sent.');
};

async function connect({ kind, given, newCrm }: Subject, send = newCrm?.() ?? refuseAll): Promise<Connector> {
  const { id } = await newCustomer();
  const setup = { store: store.forCustomer(id), publicUrl, country: 'FR', timeZone: 'Europe/Paris', send };
  return kind.connect({ ...setup, now: () => new Date('2026-03-01T10:00:00Z') }, readConfiguration(kind, given));
}

const number = '+33612345678';

const queryOf = (phone: string | null, email: string | null = null): ContactQuery => ({
  phone: phone === null ? null : phoneQuery(readPhoneNumber(phone, 'FR')),
  email,
});

const newContact = (lastName: string, more: Partial<NewContact> = {}): NewContact => ({
  ...{ civility: null, firstName: null, lastName, email: null, customValue: null },
  numbers: [{ slot: 'MOBILE_1', sent: number, canonical: number, digits: number.slice(1) }],
  ...more,
});

const moments = { createdAt: new Date(0), updatedAt: new Date(0), startTime: new Date(0), endTime: new Date(65_000) };

/** As few fields as a report can have. */
const report = (more: object) =>
  ({
    ...{ customerId: crypto.randomUUID(), id: crypto.randomUUID(), source: null, durationSeconds: null, subject: null },
    ...{ queueExtension: null, agentKey: null, agentFirstName: null, agentLastName: null, agentEmail: null },
    ...{ contactId: null, entityType: null, entityId: null, ...moments },
    ...more,
  }) as object;

const callOf = (numberExternal: string, more: object = {}) =>
  report({
    ...{ direction: 'INBOUND', status: 'COMPLETED', answered: true, numberFrom: numberExternal, numberTo: '101' },
    ...{ numberExternal, numberInternal: '101', numberDid: null, numbersSent: {}, body: null, recordingUrl: null },
    ...{ transcription: null, summary: null, sentiment: null, callContextId: null, contextData: null },
    ...more,
  }) as PhoneCallModel;

const chatOf = (email: string, more: object = {}) =>
  report({
    ...{ email, numberExternal: null, numberSent: null, party: email, name: null, chatMessages: 'Hello', agent: null },
    ...more,
  }) as ChatModel;

/** Everything that a connector can be asked with these texts. */
const everything = (connector: Connector, text: string): (() => Promise<unknown>)[] => {
  const query = { ...queryOf(text, text) };
  return [
    ...(connector.searchContacts ? [async () => connector.searchContacts?.(query)] : []),
    ...(connector.createContact ? [async () => connector.createContact?.(newContact(text, { email: text }))] : []),
    ...(connector.logPhoneCall ? [async () => connector.logPhoneCall?.(callOf(text, { subject: text }))] : []),
    ...(connector.logChat ? [async () => connector.logChat?.(chatOf(text, { chatMessages: text }))] : []),
    ...(connector.test ? [async () => connector.test?.(query)] : []),
  ];
};

/** What came of it: an answer, or an error that a caller may be told. */
async function outcomeOf(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return (error as DomainError).message;
  }
}

function expectWellFormed(contact: ConnectorContact): void {
  const { createdAt, updatedAt, ...texts } = contact;
  for (const text of Object.values(texts)) expect(typeof text !== 'string' || isStorable(text)).toBe(true);
  expect(contact.id).not.toBe('');
  if (contact.entityUrl !== null) expect(contact.entityUrl).toMatch(/^https?:\/\/[^/]+\//);
  for (const moment of [createdAt, updatedAt]) expect(moment === null || moment instanceof Date).toBe(true);
}

const broken: Record<string, Send> = {
  'cannot be reached': async ({ url }) => {
    throw new Error(`connect ECONNREFUSED ${url}`);
  },
  'fails and repeats what it was sent': async (request) => ({
    ...{ status: 500, headers: { 'content-type': 'text/plain' }, body: JSON.stringify(request) },
  }),
  refuses: async () => ({ status: 403, headers: {}, body: '{"error":"CANARY-key is no key"}' }),
  'answers rubbish': async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":' }),
  'answers nothing': async () => ({ status: 204, headers: {}, body: '' }),
};

/** The laws of every kind of CRM. */
export function testConnector(name: string, subject: Subject): void {
  describe(`every connector: ${name}`, () => {
    test('asks for what it was given, and shows no secret of it in its form', () => {
      const form = subject.kind.form(subject.given);
      const names = form.parameters.map((parameter) => parameter.name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(subject.given.parameters)));
      expect(form.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(JSON.stringify(form)).not.toContain('CANARY');
      for (const parameter of form.parameters) {
        expect(parameter.secret || !subject.given.parameters[parameter.name]?.includes('CANARY')).toBe(true);
      }
    });

    test('tells what is wrong with any configuration, and never fails over it', () => {
      const texts = fc.string({ unit: 'binary', maxLength: 60 });
      fc.assert(
        fc.property(fc.option(texts), fc.dictionary(texts, texts, { maxKeys: 3 }), (file, parameters) => {
          const given = { file, parameters };
          subject.kind.form(given);
          const read = subject.kind.configuration.safeParse(given);
          for (const issue of read.error?.issues ?? []) {
            expect(issue.path.length === 0 || ['file', 'parameters'].includes(String(issue.path[0]))).toBe(true);
            expect(issue.message).toMatch(/[.!]$/);
          }
        }),
        { seed: 5, numRuns: 100 },
      );
    });

    test('says what it can by the methods that it has', async () => {
      const { maxConcurrentRequests = 1, authorization, ...methods } = await connect(subject);
      for (const method of Object.values(methods)) expect(typeof method).toBe('function');
      expect(Object.keys(methods)).not.toEqual([]);
      expect(maxConcurrentRequests).toBeGreaterThan(0);
      expect(authorization === undefined || typeof authorization.url === 'function').toBe(true);
      expect(!methods.test || !!methods.searchContacts).toBe(true);
    });

    test('answers null for somebody it does not know', async () => {
      const { searchContacts } = await connect(subject);
      for (const query of [queryOf(number), queryOf(null, 'nobody@example.com'), queryOf('101')]) {
        if (searchContacts) expect(await searchContacts(query)).toBeNull();
      }
    });

    test('finds whom it created, well-formed, and repeating a creation makes nobody new', async () => {
      const { createContact, searchContacts } = await connect(subject);
      if (!createContact) return;
      const contact = newContact('Moreau', { firstName: 'Élise', email: 'elise@example.com' });
      const first = await createContact(contact);
      const second = await createContact(contact);
      expect([first.created, second.created]).toEqual([true, false]);
      expect(second.contact.id).toBe(first.contact.id);
      const hits = await searchContacts?.(queryOf(number));
      expect(hits).toMatchObject({ kind: 'E164', candidates: 1 });
      expect(hits?.contacts.map(({ id, lastName }) => [id, lastName])).toEqual([[first.contact.id, 'Moreau']]);
      for (const known of [first.contact, ...(hits?.contacts ?? [])]) expectWellFormed(known);
    });

    test('answers at most twenty, and how many there are', async () => {
      const { createContact, searchContacts } = await connect(subject);
      if (!createContact || !searchContacts) return;
      for (let count = 1; count <= 25; count++) await createContact(newContact(`Name ${count}`));
      const hits = await searchContacts(queryOf(number));
      expect([hits?.contacts.length, hits?.candidates]).toEqual([20, 25]);
    });

    test('a report may be made twice, and is acknowledged each time', async () => {
      const { logPhoneCall, logChat } = await connect(subject);
      const [call, chat] = [callOf(number), chatOf('elise@example.com')];
      const receipts = [await logPhoneCall?.(call), await logPhoneCall?.(call), await logChat?.(chat)];
      for (const receipt of receipts.filter((one) => one !== undefined)) {
        expect(Object.keys(receipt).toSorted()).toEqual(['message', 'remoteId', 'remoteUrl']);
      }
    });

    test('no text breaks it', async () => {
      const connector = await connect(subject);
      const hostile = [
        ...[
          '',
          ' ',
          '+',
          '00',
          '[Number]',
          '%00%',
          "'; DROP TABLE contacts; --",
          '<script>',
          '\u202e',
          '😀'.repeat(40),
        ],
        ...['../../etc/passwd', 'a\r\nX-Injected: 1', '{"id":1}', '&email=x', '#', '?', '0'.repeat(64), '[[Email]]'],
      ];
      for (const text of hostile) await Promise.all(everything(connector, text).map(outcomeOf));
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
          await Promise.all(everything(connector, text.replaceAll('\0', '')).map(outcomeOf));
        }),
        { seed: 5, numRuns: 20 },
      );
    });

    test.each(Object.entries(broken))(
      'a CRM that %s makes no error but ours, and no secret comes out',
      async (_, send) => {
        const connector = await connect(subject, send);
        for (const ask of everything(connector, number)) {
          expect(JSON.stringify((await outcomeOf(ask)) ?? null)).not.toContain('CANARY');
        }
      },
    );

    test('a customer knows nothing of another’s contacts', async () => {
      const [one, other] = [await connect(subject), await connect(subject)];
      await one.createContact?.(newContact('Moreau'));
      expect((await other.searchContacts?.(queryOf(number))) ?? null).toBeNull();
    });
  });
}
