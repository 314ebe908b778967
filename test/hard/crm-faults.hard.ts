import { expect, test } from 'vitest';
import { gatherStorm, sumOf } from '../support/crm-storm.ts';
import { sized, tell } from './rig.ts';

// In parts, each with a customer and CRMs of its own.
const parts = Array.from({ length: sized(4, 1) }, (_, index) => index + 1);
const calls = sized(25, 4);
const misbehaviours = 12;

const total = { delivered: 0, dead: 0, lost: 0, doubled: 0 };

test.each(parts)('no call is lost between twelve CRMs that misbehave: part %i', async () => {
  const began = performance.now();
  const { bad, good, workOff } = await gatherStorm(calls);
  const { rounds, counts } = await workOff();
  const names = Object.keys(bad);
  const found = {
    delivered: sumOf(counts, names, 'DELIVERED'),
    dead: sumOf(counts, names, 'DEAD'),
    // Of those that say what they have taken, each must have been told each call, and the healthy ones but once.
    lost: [good, bad.repeats, bad.resets].filter((crm) => new Set(crm?.journal).size !== calls).length,
    doubled: [good, bad.repeats].filter((crm) => crm?.journal.length !== calls).length,
  };
  for (const name of ['delivered', 'dead', 'lost', 'doubled'] as const) total[name] += found[name];
  tell('CRM faults', { calls, ...found, rounds, seconds: Math.round((performance.now() - began) / 1000) });

  expect(names).toHaveLength(misbehaviours);
  expect(found).toMatchObject({ lost: 0, doubled: 0 });
  // One of them takes everything and says nothing sensible; the others are beyond hope.
  expect(found).toMatchObject({ delivered: calls, dead: (misbehaviours - 1) * calls });
});

test('delivered once and dead-lettered are together all that was to be told', () => {
  tell('CRM faults, all parts', total);
  expect(total.delivered + total.dead).toBe(misbehaviours * parts.length * calls);
});
