import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/store/open.ts';
import type { ListeningCrm } from './misbehaving-crm.ts';
import { type OwnDatabase, withStore } from './own-database.ts';
import type { StubbornClient } from './stubborn-client.ts';

/** What became of all that clients were promised, by the database itself. */
export interface Kept {
  acknowledged: number;
  lost: number;
  calls: number;
  doubled: number;
  /** How many calls have exactly one delivery to our own journal and one to the CRM, and both have arrived. */
  delivered: number;
  /** How many different calls the CRM was told. It may be told one again where a worker died, but none may be missing. */
  told: number;
  /** How many of the deliveries somebody held who had died. */
  heldByTheDead: number;
  repeats: number;
  replays: number;
}

/** Lets the clients finish and the server deliver, and compares what each was promised with what is stored and told. */
export async function comparePromises(
  database: OwnDatabase,
  clients: StubbornClient[],
  { journal }: ListeningCrm,
): Promise<Kept> {
  await Promise.all(clients.map((client) => client.stop()));
  return withStore(database, async (store) => {
    const heldByTheDead = await deliverAll(store);
    const acknowledged = clients.flatMap((client) => client.acknowledged);
    const calls = await store.operator.phoneCall.findMany({ select: { id: true, subject: true } });
    const deliveries = await store.operator.delivery.findMany({
      select: { phoneCallId: true, integrationId: true, state: true },
    });
    const idOf = new Map(calls.map(({ id, subject }) => [subject, id]));
    const ofCall = Map.groupBy(deliveries, ({ phoneCallId }) => phoneCallId);
    const arrived = (id: string) => {
      const own = ofCall.get(id) ?? [];
      const targets = new Set(own.map(({ integrationId }) => integrationId));
      return own.length === 2 && targets.size === 2 && own.every(({ state }) => state === 'DELIVERED');
    };
    const sum = (name: 'repeats' | 'replays') => clients.reduce((total, client) => total + client[name], 0);
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.filter(({ id, subject }) => idOf.get(subject) !== id).length,
      calls: calls.length,
      doubled: calls.length - idOf.size,
      delivered: calls.filter(({ id }) => arrived(id)).length,
      told: new Set(journal).size,
      heldByTheDead,
      repeats: sum('repeats'),
      replays: sum('replays'),
    };
  });
}

/** What must be true of it: every call is one that was acknowledged, once, and was delivered to everybody. */
export const allKept = ({ acknowledged }: Kept) => ({
  lost: 0,
  doubled: 0,
  calls: acknowledged,
  delivered: acknowledged,
  told: acknowledged,
});

/** Waits until everything is delivered; what a dead worker held would be free in a minute, and is freed at once. */
async function deliverAll(store: Store): Promise<number> {
  const waiting = () => store.operator.delivery.count({ where: { state: 'PENDING' } });
  let held = await waiting();
  for (let before = Number.POSITIVE_INFINITY; held > 0 && held < before; ) {
    await sleep(1200);
    [before, held] = [held, await waiting()];
  }
  await store.operator.delivery.updateMany({ where: { state: 'PENDING' }, data: { dueAt: new Date() } });
  const patience = performance.now() + 20_000;
  while ((await waiting()) > 0 && performance.now() < patience) await sleep(100);
  return held;
}
