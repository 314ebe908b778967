import { setTimeout as sleep } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';
import { DomainError } from '../errors.ts';
import { limits } from '../limits.ts';

/** How many writes are in work at once, how many may wait for them and how long, and what a refusal is held back for. */
export interface WriteLimits {
  inWork: number;
  waiting: number;
  patienceMs: number;
  refusalMs: number;
}

/** Runs a write as soon as there is room for it. Throws `SERVICE_UNAVAILABLE` when there is none; then nothing of it was begun. */
export type WriteQueue = <Result>(write: () => Promise<Result>) => Promise<Result>;

/**
 * A bulkhead around writes, so that under overload lookups are as fast as ever, and so is what is taken on. A write
 * that finds no room is refused only after a pause, by half more or less: clients that come back at once would
 * otherwise make the server do nothing but refuse.
 */
export function openWriteQueue({ inWork, waiting, patienceMs, refusalMs }: WriteLimits = limits.writes): WriteQueue {
  const room = bulkhead(inWork, waiting);
  return async <Result>(write: () => Promise<Result>) => {
    if (room.executionSlots > 0) return room.execute(write);
    if (room.queueSlots === 0) {
      await sleep(refusalMs * (0.5 + Math.random()));
      throw tooMuch();
    }
    // It waits for its turn, rather than being begun by whoever has finished: then it would be held to the other's deadline.
    const { promise: turn, resolve: begin } = Promise.withResolvers<boolean>();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const patience = setTimeout(begin, patienceMs, false);
    void room.execute(() => {
      begin(true);
      return ended;
    });
    const itsTurn = await turn;
    clearTimeout(patience);
    try {
      if (!itsTurn) throw tooMuch();
      return await write();
    } finally {
      // One that gave up has already ended when its turn comes, so that it goes to the next at once.
      end();
    }
  };
}

const tooMuch = () => new DomainError('SERVICE_UNAVAILABLE', 'Too much is being written at this moment.');
