import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type QueueSetup, startDue } from './domain/delivery-queue.ts';
import type { Underway } from './domain/parts.ts';
import { sweep } from './domain/sweep.ts';
import { startWebhooks, type WebhookQueueSetup } from './domain/webhook-queue.ts';

const second = 1000;

/** How long to wait when there was nothing to do, in milliseconds. */
const deliveryPauseMs = second / 2;
/** The first sweep is not in the way of the first telephone that rings. */
const firstSweepMs = 5 * second;
const sweepPauseMs = 60 * second;
/** How long an attempt that is under way may still take after the end was told. */
const graceMs = 8 * second;

export interface Background {
  /** Begins nothing any more, and ends when what is under way has ended, or has been given up after eight seconds. */
  stop(): Promise<void>;
}

/** Works beside the requests: deliveries to CRMs and webhooks as they fall due, and once a minute the sweep. A failure is logged and tried again. */
export function startBackground(setup: QueueSetup & WebhookQueueSetup & { log: Logger }): Background {
  const { store, now, log } = setup;
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const halt = { stopping: stopping.signal, givingUp: givingUp.signal };
  const pause = (milliseconds: number) => sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => {});
  const warn = (name: string) => (error: unknown) => log.warn({ err: error }, `${name} failed`);

  /** Begins what is due again and again, also while earlier parts are still under way. */
  async function workOff(start: (busy: Set<string>) => Promise<Underway>, name: string): Promise<void> {
    const busy = new Set<string>();
    const underway = new Set<Promise<void>>();
    while (!stopping.signal.aborted) {
      const { claimed, done } = await start(busy).catch((error) => {
        warn(name)(error);
        return { claimed: 0, done: Promise.resolve() };
      });
      if (claimed > 0) {
        const part = done.catch(warn(name)).finally(() => underway.delete(part));
        underway.add(part);
      } else {
        // A part that ends may make room for more of the same target.
        await Promise.race([pause(deliveryPauseMs), ...underway]);
      }
    }
    await Promise.all(underway);
  }

  async function sweepUp(): Promise<void> {
    await pause(firstSweepMs);
    while (!stopping.signal.aborted) {
      await sweep(store, now(), stopping.signal).catch(warn('sweep'));
      await pause(sweepPauseMs);
    }
  }

  const running = [
    workOff((busy) => startDue({ ...setup, halt }, busy), 'delivery'),
    workOff((busy) => startWebhooks({ ...setup, halt }, busy), 'webhook'),
    sweepUp(),
  ];
  return {
    stop: async () => {
      stopping.abort();
      const patience = setTimeout(() => givingUp.abort(), graceMs);
      await Promise.all(running);
      clearTimeout(patience);
    },
  };
}
