import { newCustomer, type ServeOptions, serve, type TestCustomer } from './world.ts';

/** A customer of a server whose clock stands still until the test moves it. */
export interface TimedCustomer extends TestCustomer {
  now(): Date;
  /** Moves the clock to a moment, or forward by milliseconds. */
  goTo(moment: string | Date): void;
  pass(milliseconds: number): void;
}

export const seconds = 1000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;
export const days = 24 * hours;

/** A moment as the legacy face writes it. */
export const utc = (moment: Date | number | string) => new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z');

export async function newTimedCustomer(
  moment: string | Date = '2026-03-01T10:00:00Z',
  options: ServeOptions = {},
): Promise<TimedCustomer> {
  let time = new Date(moment).getTime();
  const now = () => new Date(time);
  const customer = await newCustomer({ app: serve({ ...options, now }) });
  return {
    ...customer,
    now,
    goTo: (to) => {
      time = new Date(to).getTime();
    },
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}
