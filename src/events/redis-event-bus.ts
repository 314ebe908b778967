import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createRedis } from '../redis.ts';
import { createLocalEventBus, type EventBus, eventKinds } from './event-bus.ts';

export interface RedisSetup {
  url: string;
  /** Told once when the connection is lost, and once when it is back. */
  onChange(state: 'lost' | 'back', error?: unknown): void;
}

/** A customer's channel; a notice names a kind and a row, and says nothing of what is in it. */
const channelOf = (customerId: string) => `crm-lookup:events:${customerId}`;
const everyChannel = channelOf('*');

/** Where a process says that it could not tell the others everything. */
const lostChannel = 'crm-lookup:events-lost';

const message = z.object({
  /** The process that has told its own listeners already. */
  from: z.string(),
  notices: z.array(z.object({ kind: z.enum(eventKinds), id: z.uuid() })),
});

/**
 * The bus of several processes, over Redis. This process's listeners hear of its own events at once, whether Redis is
 * there or not. It connects by itself, at the start too, again and again; listeners are told that notices may have
 * been lost whenever it does.
 */
export function createRedisEventBus({ url, onChange }: RedisSetup): EventBus {
  const local = createLocalEventBus();
  const me = randomUUID();
  const talking = createRedis(url);
  const hearing = createRedis(url);
  let state: 'lost' | 'back' = 'back';
  const change = (to: 'lost' | 'back', error?: unknown) => {
    if (state !== to) onChange(to, error);
    state = to;
  };
  const ready = () => {
    if (talking.isReady && hearing.isReady) change('back');
  };
  for (const client of [talking, hearing]) client.on('error', (error) => change('lost', error));
  talking.on('ready', () => {
    ready();
    void talking.publish(lostChannel, me).catch(() => {});
  });
  hearing.on('ready', () => {
    ready();
    local.lost();
  });

  const hear = (text: string, channel: string) => {
    const told = message.safeParse(parse(text));
    if (!told.success || told.data.from === me) return;
    local.publish(channel.slice(channelOf('').length), told.data.notices);
  };
  const starting = Promise.allSettled([
    talking.connect(),
    hearing.connect().then(async () => {
      // The client subscribes again by itself whenever it has connected again.
      await hearing.pSubscribe(everyChannel, hear);
      await hearing.subscribe(lostChannel, (from) => from !== me && local.lost());
      local.lost();
    }),
  ]);

  return {
    ...local,
    publish: (customerId, notices) => {
      local.publish(customerId, notices);
      if (!talking.isReady || notices.length === 0) return;
      void talking.publish(channelOf(customerId), JSON.stringify({ from: me, notices })).catch(() => {});
    },
    close: async () => {
      for (const client of [talking, hearing]) client.destroy();
      await starting;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
