import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

const report = { direction: 'inbound', status: 'completed', start_time_utc: '2026-03-01T10:00:00Z' };

test.each([
  [{ number_from: '0612345678', number_to: '101', number_external: '', number_internal: '101' }],
  [{ number_from: '', number_to: '101', number_external: '0612345678', number_internal: '101' }],
  [{ number_from: '[Number]', number_to: '101', number_external: '+33612345678', number_internal: '101' }],
])('a number that one pair tells is not hidden because the other pair left it empty: %o', async (numbers) => {
  const customer = await newCustomer();
  const { body } = await customer.rest('POST', '/api/crm/lookup/phone-calls', { body: { ...report, ...numbers } });
  expect(body.call).toMatchObject({
    number_from: '+33612345678',
    number_to: '101',
    number_external: '+33612345678',
    number_internal: '101',
  });
});

test('a caller whom neither pair tells is hidden', async () => {
  const customer = await newCustomer();
  const numbers = { number_from: '', number_to: '101', number_external: '', number_internal: '101' };
  const { body } = await customer.rest('POST', '/api/crm/lookup/phone-calls', { body: { ...report, ...numbers } });
  expect(body.call).toMatchObject({ number_from: 'anonymous', number_external: 'anonymous' });
});

test('an empty context value says nothing, and leaves what was known', async () => {
  const customer = await newCustomer();
  const save = (context_data: object) =>
    customer.rest('POST', '/api/crm/lookup/phone-calls/context', {
      body: { direction: 'inbound', number_from: '0612345678', start_time_utc: '2026-03-01T10:00:00Z', context_data },
    });
  await save({ reason: 'invoice' });
  await save({ reason: '', name: '[Name]' });
  const { body } = await customer.rest('POST', '/api/crm/lookup/phone-calls', {
    body: { ...report, number_from: '0612345678', number_to: '101' },
  });
  expect(body.call.context_data).toEqual({ reason: 'invoice' });
});
