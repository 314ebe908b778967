import { expect } from 'vitest';
import { paths } from '../../support/rest.ts';
import type { TestCustomer } from '../../support/world.ts';

export type CallType = 'Inbound' | 'Missed' | 'Outbound' | 'Notanswered';
export const callTypes: CallType[] = ['Inbound', 'Missed', 'Outbound', 'Notanswered'];

/** A finished call as the legacy face is told it: it rang for five seconds in summer, and was spoken for 65, or missed. */
export function callOf(type: CallType, more: object = {}) {
  const [from, to] = type === 'Inbound' || type === 'Missed' ? ['+33612345678', '101'] : ['101', '+33612345678'];
  const answered = type.endsWith('bound');
  return {
    direction: type === 'Inbound' || type === 'Missed' ? 'inbound' : 'outbound',
    status: answered ? 'completed' : type,
    number_from: from,
    number_to: to,
    start_time_utc: '1990-07-05T09:00:00Z',
    end_time_utc: answered ? '1990-07-05T09:01:10Z' : '1990-07-05T09:00:20Z',
    duration: answered ? 65 : 0,
    agent_first_name: 'Ada',
    agent_last_name: 'Byron',
    agent_email: 'ada@pbx.example',
    ...more,
  };
}

interface Found {
  contacts: Record<string, string | null>[];
}

/** Asks who has a number, or an email. */
export async function search(customer: TestCustomer, phone: string, more: object = {}): Promise<Found> {
  const query = new URLSearchParams({ phone, ...more });
  if (phone === '') query.delete('phone');
  const { status, body } = await customer.rest('GET', `${paths.search}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
