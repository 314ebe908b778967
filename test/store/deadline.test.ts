import { expect, test } from 'vitest';
import { hashPassword } from '../../src/auth/password.ts';
import { timeLeft, withDeadline } from '../../src/store/deadline.ts';

test('a password takes nothing of the time that a request may wait for the database', async () => {
  const left = await withDeadline(100, async () => {
    await hashPassword('correct horse battery staple');
    return timeLeft();
  });
  expect(left).toBeGreaterThan(0);
});
