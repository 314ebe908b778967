import { expect, test } from 'vitest';
import { type BadRequestFindings, tryBadRequests } from '../support/try-bad-requests.ts';
import { sized, tell } from './rig.ts';

/** Set BAD_INPUT_SEED to the seed that a run tells, to repeat it. In full, every run tries others. */
const seed = Number(process.env.BAD_INPUT_SEED ?? sized(Date.now() % 1_000_000_000, 20_260_101));

const parts = sized(25, 1);
const requests = sized(4000, 2000);

const all: BadRequestFindings[] = [];

const total = (counts: Record<string, number>[], wanted: (name: string) => boolean = () => true) =>
  counts.flatMap((count) => Object.entries(count)).reduce((sum, [name, n]) => sum + (wanted(name) ? n : 0), 0);

test.each(Array.from({ length: parts }, (_, part) => part + 1))(
  `bad requests, part %i of ${parts}: no failure of the server, and no text that is changed in silence`,
  async (part) => {
    const found = await tryBadRequests(seed + part, requests);
    all.push(found);
    if (part === parts || found.failures.length > 0) {
      const answers = all.map(({ statuses }) => statuses);
      tell('bad inputs', {
        seed,
        requests: total(answers),
        'answers of 500 and more': total(answers, (status) => Number(status) >= 500),
        'taken and read back': total(all.map(({ taken }) => taken)),
        'failures of any kind': all.flatMap(({ failures }) => failures).length,
      });
    }
    expect(found.failures.slice(0, 20), `BAD_INPUT_SEED=${seed}`).toEqual([]);
    // Otherwise the requests would be too bad to reach anything.
    for (const operation of ['createContact', 'logChat', 'logPhoneCall', 'upsertCallContext']) {
      expect([operation, (found.taken[operation] ?? 0) > requests / 100]).toEqual([operation, true]);
    }
  },
);
