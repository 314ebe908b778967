import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

test('a call that is reported again is the same call, completed where it was empty', async () => {
  const customer = await newCustomer();
  const report = {
    direction: 'inbound',
    status: 'completed',
    number_from: '0612345678',
    number_to: '101',
    start_time_utc: '2026-03-01T10:00:00Z',
    end_time_utc: '2026-03-01T10:03:00Z',
  };
  const first = await customer.rest('POST', '/api/crm/lookup/phone-calls', { body: report });
  const repeat = await customer.rest('POST', '/api/crm/lookup/phone-calls', {
    body: { ...report, recording_url: 'https://pbx.example/1.wav', subject: 'Later' },
  });
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(repeat.status).toBe(201);
  expect(repeat.headers.get('idempotency-replayed')).toBe('true');
  expect(repeat.body.call).toEqual({
    ...first.body.call,
    recording_url: 'https://pbx.example/1.wav',
    subject: 'Later',
    updated_at: expect.any(String),
  });
});
