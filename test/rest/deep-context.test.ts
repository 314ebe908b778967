import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

test('context data that is nested without end is refused, also as text in a form', async () => {
  const customer = await newCustomer();
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const body = `direction=inbound&number_from=0612345678&context_data={"a":${deep}}`;
  const answer = await customer.rest('POST', '/api/crm/lookup/phone-calls/context', { body });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toBe('validation_failed');
});
