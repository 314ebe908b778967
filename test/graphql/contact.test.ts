import { describe, expect, test } from 'vitest';
import { newCustomer, publicUrl } from '../support/world.ts';

const whole = `id civility firstName lastName email company website
  phoneBusiness1 phoneBusiness2 phoneMobile1 phoneMobile2 phoneHome phoneOther
  entityUrl entityType customValue matchedNumber placeholder createdAt updatedAt`;

const creation = `mutation ($input: CreateContactInput!) {
  createContact(input: $input) { created contact { ${whole} } }
}`;

const search = `query ($phone: String, $email: String, $displayName: String, $placeholder: Boolean) {
  contactSearch(phone: $phone, email: $email, displayName: $displayName, placeholder: $placeholder) {
    match { kind number candidates ambiguous integration }
    contacts { ${whole} }
  }
}`;

const byId = `query ($id: ID!) { contact(id: $id) { ${whole} } }`;

const camille = {
  lastName: 'Martin',
  firstName: 'Camille',
  civility: 'Mme',
  email: 'Camille.Martin@example.com',
  phoneMobile: '06 12 34 56 78',
  phoneBusiness: '+33 1 70 99 00 00',
  customValue: 'gold',
  callDirection: 'INBOUND',
};

const stored = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  civility: 'Mme',
  firstName: 'Camille',
  lastName: 'Martin',
  email: 'Camille.Martin@example.com',
  company: null,
  website: null,
  phoneBusiness1: '+33170990000',
  phoneBusiness2: null,
  phoneMobile1: '+33612345678',
  phoneMobile2: null,
  phoneHome: null,
  phoneOther: null,
  entityUrl: expect.stringMatching(new RegExp(`^${publicUrl}/contacts/[0-9a-f-]{36}$`)),
  entityType: null,
  customValue: 'gold',
  matchedNumber: null,
  placeholder: false,
  createdAt: expect.stringMatching(/Z$/),
  updatedAt: expect.stringMatching(/Z$/),
};

describe('createContact', () => {
  test('stores a contact, and answers the same one when it is asked again', async () => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(creation, { input: camille });
    const contact = { ...stored, matchedNumber: '06 12 34 56 78' };
    expect(body).toEqual({ data: { createContact: { created: true, contact } } });
    const again = await customer.graphql(creation, { input: camille });
    expect(again.body.data.createContact).toEqual({ created: false, contact: body.data.createContact.contact });
  });

  test('makes another contact of another name on the same number', async () => {
    const customer = await newCustomer();
    const first = await customer.graphql(creation, { input: camille });
    const second = await customer.graphql(creation, { input: { ...camille, firstName: 'Louis' } });
    expect(second.body.data.createContact.created).toBe(true);
    expect(second.body.data.createContact.contact.id).not.toBe(first.body.data.createContact.contact.id);
  });

  test.each([
    [{ lastName: ' ' }, 'lastName', 'Must not be blank.'],
    [{ lastName: 'M'.repeat(256) }, 'lastName', 'Must not be longer than 255 characters.'],
    [{ lastName: 'M', email: 'camille' }, 'email', 'Must be a valid email address.'],
    [{ lastName: 'M', phone: '\u0000' }, 'phone', 'Must be well-formed Unicode without NUL.'],
  ])('refuses %j, saying where and why', async (input, field, message) => {
    const customer = await newCustomer();
    const { status, body } = await customer.graphql(creation, { input });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: null,
        errors: [
          {
            message,
            path: ['createContact'],
            locations: [{ line: 2, column: 3 }],
            extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['input', field], message }] },
          },
        ],
      },
    });
  });
});

describe('contactSearch', () => {
  test('answers who it is, and how that was found', async () => {
    const customer = await newCustomer();
    await customer.graphql(creation, { input: camille });
    const { body } = await customer.graphql(search, { phone: '06.12.34.56.78' });
    expect(body).toEqual({
      data: {
        contactSearch: {
          match: {
            kind: 'NATIONAL',
            number: '+33612345678',
            candidates: 1,
            ambiguous: false,
            integration: 'native',
          },
          contacts: [{ ...stored, matchedNumber: '06.12.34.56.78' }],
        },
      },
    });
  });

  test('finds an email whatever its case', async () => {
    const customer = await newCustomer();
    await customer.graphql(creation, { input: camille });
    const { body } = await customer.graphql(search, { email: 'CAMILLE.MARTIN@EXAMPLE.COM' });
    expect(body.data.contactSearch).toEqual({
      match: { kind: 'EMAIL', number: null, candidates: 1, ambiguous: false, integration: 'native' },
      contacts: [stored],
    });
  });

  test('is honest when nobody is known, unless a placeholder is asked for', async () => {
    const customer = await newCustomer();
    const match = { kind: 'NONE', number: '+33612345678', candidates: 0, ambiguous: false, integration: null };
    const honest = await customer.graphql(search, { phone: '0612345678' });
    expect(honest.body).toEqual({ data: { contactSearch: { match, contacts: [] } } });
    const kind = await customer.graphql(search, { phone: '0612345678', placeholder: true, displayName: 'Inès Moreau' });
    expect(kind.body.data.contactSearch.match).toEqual(match);
    expect(kind.body.data.contactSearch.contacts).toEqual([
      expect.objectContaining({ id: expect.stringMatching(/^placeholder-/), placeholder: true }),
    ]);
  });

  test('tells how many match, and lists twenty of them', async () => {
    const customer = await newCustomer();
    for (let at = 0; at < 21; at++) {
      await customer.graphql(creation, { input: { lastName: `Number ${at}`, phone: '0170990000' } });
    }
    const { match, contacts } = (await customer.graphql(search, { phone: '+33170990000' })).body.data.contactSearch;
    expect(match).toEqual({
      kind: 'E164',
      number: '+33170990000',
      candidates: 21,
      ambiguous: true,
      integration: 'native',
    });
    expect(contacts).toHaveLength(20);
  });

  test.each([
    [{}, 'phone', 'A phone number or an email is needed.'],
    [{ phone: '  ' }, 'phone', 'Must not be blank.'],
    [{ phone: '0'.repeat(65) }, 'phone', 'Must not be longer than 64 characters.'],
    [{ email: ' ' }, 'email', 'Must not be blank.'],
  ])('refuses %j, saying where and why', async (variables, argument, message) => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(search, variables);
    expect(body.data).toBeNull();
    expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT', issues: [{ path: [argument], message }] },
    ]);
  });

  test('never answers another customer’s contact', async () => {
    const [mine, theirs] = [await newCustomer(), await newCustomer()];
    await mine.graphql(creation, { input: camille });
    const { body } = await theirs.graphql(search, { phone: '0612345678', email: camille.email });
    expect(body.data.contactSearch.contacts).toEqual([]);
  });
});

describe('contact', () => {
  test('answers a contact by its id, with its calls', async () => {
    const customer = await newCustomer();
    const { id } = (await customer.graphql(creation, { input: camille })).body.data.createContact.contact;
    await customer.graphql('mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }', {
      input: { direction: 'INBOUND', status: 'COMPLETED', numberFrom: '0612345678', numberTo: '101', subject: 'Order' },
    });
    expect((await customer.graphql(byId, { id })).body).toEqual({ data: { contact: stored } });
    const calls = '{ nodes { subject contact { id } } totalCount pageInfo { hasNextPage hasPreviousPage } }';
    const { body } = await customer.graphql(`query ($id: ID!) { contact(id: $id) { phoneCalls(first: 5) ${calls} } }`, {
      id,
    });
    expect(body).toEqual({
      data: {
        contact: {
          phoneCalls: {
            nodes: [{ subject: 'Order', contact: { id } }],
            totalCount: 1,
            pageInfo: { hasNextPage: false, hasPreviousPage: false },
          },
        },
      },
    });
  });

  test('is null for another customer’s id, an unknown one and a placeholder’s', async () => {
    const [mine, theirs] = [await newCustomer(), await newCustomer()];
    const { id } = (await mine.graphql(creation, { input: camille })).body.data.createContact.contact;
    for (const other of [id, '0197f0c4-0000-7000-8000-000000000000', 'placeholder-1', '', "' OR 1=1"]) {
      expect((await theirs.graphql(byId, { id: other })).body).toEqual({ data: { contact: null } });
    }
  });
});
