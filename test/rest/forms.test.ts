import { expect, test } from 'vitest';
import { paths, refusedFields, statusAndBody } from '../support/rest.ts';
import { newCustomer } from '../support/world.ts';

const head = 'direction=inbound&number_from=0612345678';

test('a form that is nested more deeply than forms are read is refused, and not flattened', async () => {
  const customer = await newCustomer();
  const save = (levels: number) =>
    customer.rest('POST', paths.context, { body: `${head}&context_data${'[a]'.repeat(levels)}=1` });
  expect((await save(5)).status).toBe(201);
  expect(statusAndBody(await save(6))).toEqual({
    status: 400,
    body: refusedFields({ body: 'The body field is nested too deeply.' }),
  });
});

test('of a form or query with too many parameters nothing is left out in silence', async () => {
  const customer = await newCustomer();
  const padding = (count: number) => 'x=1&'.repeat(count);
  expect((await customer.rest('POST', paths.context, { body: `${padding(498)}${head}` })).status).toBe(201);
  expect(statusAndBody(await customer.rest('POST', paths.context, { body: `${padding(499)}${head}` }))).toEqual({
    status: 400,
    body: refusedFields({ body: 'The body field must not have more than 500 items.' }),
  });
  expect((await customer.rest('GET', `${paths.calls}?${padding(99)}page=1`)).status).toBe(200);
  expect(statusAndBody(await customer.rest('GET', `${paths.calls}?${padding(100)}page=1`))).toEqual({
    status: 400,
    body: refusedFields({ query: 'The query field must not have more than 100 items.' }),
  });
});
