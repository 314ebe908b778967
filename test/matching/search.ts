import type { TestCustomer } from '../support/world.ts';

export interface Found {
  kind: string;
  candidates: number;
  ids: string[];
}

/** As many searches as one document may hold. */
const aliases = 30;

/** Searches for every text, many in one request; the answers stand in the order of the texts. */
export async function searchAll(customer: TestCustomer, texts: string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (let start = 0; start < texts.length; start += aliases) {
    const batch = texts.slice(start, start + aliases);
    const variables = batch.map((_, index) => `$p${index}: String`).join(' ');
    const fields = batch.map(
      (_, index) => `f${index}: contactSearch(phone: $p${index}) { match { kind candidates } contacts { id } }`,
    );
    const { body } = await customer.graphql(
      `query (${variables}) { ${fields.join(' ')} }`,
      Object.fromEntries(batch.map((text, index) => [`p${index}`, text])),
    );
    if (!body.data) throw new Error(JSON.stringify(body.errors));
    for (const index of batch.keys()) {
      const { match, contacts } = body.data[`f${index}`];
      found.push({ ...match, ids: contacts.map(({ id }: { id: string }) => id) });
    }
  }
  return found;
}

/** Stores a contact that has one number, written in the given form; answers its id. */
export async function storeContact(customer: TestCustomer, phone: string): Promise<string> {
  const { body } = await customer.graphql(
    'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }',
    { input: { lastName: `Holder of ${phone}`, phone } },
  );
  return body.data.createContact.contact.id;
}

/** The texts that differ from a number in one digit, one for every position from the given one on. */
export function nearMisses(text: string, from = 0): string[] {
  return [...text].flatMap((digit, at) => {
    if (at < from || !/\d/.test(digit)) return [];
    const other = (Number(digit) + 1 + (at % 9)) % 10;
    return [`${text.slice(0, at)}${other}${text.slice(at + 1)}`];
  });
}
