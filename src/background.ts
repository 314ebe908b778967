import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { deliverDue, type QueueSetup } from './domain/delivery-queue.ts';
import { sweep } from './domain/sweep.ts';

const second = 1000;

/** How long to wait when there was nothing to do, in milliseconds. */
const deliveryPauseMs = second / 2;
const sweepPauseMs = 60 * second;

export interface Background {
  /** Ends when what is under way has ended. */
  stop(): Promise<void>;
}

/** Works beside the requests: deliveries as they fall due, and once a minute the sweep. A failure is logged and tried again. */
export function startBackground(setup: QueueSetup & { log: Logger }): Background {
  const { store, now, log } = setup;
  const stopping = new AbortController();
  const repeat = async (name: string, pauseMs: number, work: () => Promise<boolean>) => {
    while (!stopping.signal.aborted) {
      const again = await work().catch((error) => {
        log.warn({ err: error }, `${name} failed`);
        return false;
      });
      if (!again) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = [
    repeat('delivery', deliveryPauseMs, async () => (await deliverDue(setup)) > 0),
    repeat('sweep', sweepPauseMs, async () => {
      await sweep(store, now());
      return false;
    }),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
