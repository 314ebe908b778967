import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { leaveTraces, newPerson } from './support/person.ts';
import { app, newCustomer, publicUrl, rest, type TestCustomer } from './support/world.ts';

interface Operation {
  operationId: string;
  security?: [];
  parameters: { name: string; in: string; required?: boolean; example?: string; schema: any }[];
  requestBody?: { content: Record<string, { schema: any; example: object }> };
  responses: Record<string, { content: Record<string, { schema: any; examples?: Record<string, { value: object }> }> }>;
}

const document = (await rest('GET', '/api/openapi.json')).body;
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

/** A validator that takes nothing that is not documented. */
function accepts(schema: object, answer: unknown): string {
  const ajv = new (Ajv as any)({ strict: false, allErrors: true });
  (addFormats as any)(ajv);
  const strict = JSON.parse(JSON.stringify({ ...schema, components: document.components }), (_, value) =>
    value?.type === 'object' && value.properties ? { ...value, additionalProperties: false } : value,
  );
  const validate = ajv.compile(strict);
  return validate(answer) ? '' : ajv.errorsText(validate.errors);
}

async function send(customer: TestCustomer, operation: (typeof operations)[number], query: object, body?: object) {
  const { token, tokenSecret } = await customer.contextToken();
  const path = operation.path.replace('{token}', token).replace('{tokenSecret}', tokenSecret);
  const search = new URLSearchParams(query as Record<string, string>);
  const url = `http://test.local${path}?${search}`;
  const authorization: Record<string, string> = operation.security ? {} : { authorization: `Bearer ${customer.token}` };
  return app.fetch(
    new Request(url, {
      method: operation.method,
      headers: { ...authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
}

const exampleOf = ({ parameters, requestBody }: Operation) => ({
  query: Object.fromEntries(
    parameters.flatMap(({ name, in: place, example }) => (place === 'query' && example ? [[name, example]] : [])),
  ),
  body: requestBody?.content['application/json']?.example,
});

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: publicUrl }]);
  });

  test('names every path and method of the router, and no other', async () => {
    const documented = operations.map(({ path, method }) => `${method} ${path}`).toSorted();
    const served: string[] = [];
    const registered = new Set(
      app.routes.map(({ path }) => path).filter((path) => /^\/(api\/crm|export)\/[^*]*$/.test(path)),
    );
    for (const path of registered) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const { status } = await app.fetch(new Request(`http://test.local${path}`, { method }));
        if (status !== 405) served.push(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
      }
    }
    expect(documented.length).toBeGreaterThan(8);
    expect(documented).toEqual([...new Set(served)].toSorted());
  });

  test('gives each operation a name of its own, and a description', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) expect(operation).toMatchObject({ summary: expect.stringMatching(/\w{3}/) });
  });
});

describe.each(operations)('$operationId', (operation) => {
  const example = exampleOf(operation);
  const fields = Object.keys(operation.requestBody?.content['application/json']?.schema.properties ?? {});
  const queries = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);

  test('answers its example as it is documented', async () => {
    const customer = await newCustomer();
    await leaveTraces(customer, newPerson(51));
    expect(Object.keys({ ...example.query, ...example.body }).length).toBeGreaterThan(0);
    const response = await send(customer, operation, example.query, example.body);
    const [[status = '', documented]] = Object.entries(operation.responses) as [
      [string, Operation['responses'][string]],
    ];
    const [[type = '', { schema }]] = Object.entries(documented.content) as [[string, { schema: object }]];
    expect(response.status).toBe(Number(status));
    expect(response.headers.get('content-type')).toContain(type);
    const text = await response.text();
    const answers =
      type === 'application/json'
        ? [JSON.parse(text)]
        : type === 'text/csv'
          ? [text]
          : text
              .trim()
              .split('\n')
              .map((line) => JSON.parse(line));
    expect(answers.map((answer) => accepts(schema, answer))).toEqual(answers.map(() => ''));
  });

  test('reads every field that is documented, and refuses as documented what is not a value', async () => {
    const customer = await newCustomer();
    const names = [
      ...fields.map((name) => ({ name, body: { ...example.body, [name]: [[]] } as object })),
      ...queries.map((name) => ({ name, body: undefined })),
    ];
    for (const { name, body } of names) {
      if (['page', 'per_page'].includes(name)) continue;
      const response = await send(customer, operation, body ? {} : { ...example.query, [`${name}[]`]: 'x' }, body);
      const answer = await response.json();
      expect([name, response.status], JSON.stringify(answer)).toEqual([name, 400]);
      const named = name.replace(/^filter\[(.*)\]$/, '$1').replaceAll('_', ' ');
      expect(JSON.stringify(answer)).toContain(named);
      expect(accepts(operation.responses['400']?.content['application/json']?.schema, answer)).toBe('');
    }
  });

  test('refuses a stranger in the documented words', async () => {
    const customer = { ...(await newCustomer()), token: 'nonsense' };
    const { token } = await customer.contextToken();
    const status = operation.security ? 404 : 401;
    const stranger = { ...customer, contextToken: async () => ({ token, tokenSecret: 'nonsense' }) };
    const response = await send(stranger, operation, example.query, example.body);
    const documented = Object.values(operation.responses[status]?.content['application/json']?.examples ?? {})[0]
      ?.value;
    expect([response.status, await response.json()]).toEqual([status, documented]);
  });
});
