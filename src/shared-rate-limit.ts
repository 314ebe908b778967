import { LRUCache } from 'lru-cache';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type RateLimit, rateLimit, refusalHeaders, unlimited } from './rate-limit.ts';
import { createRedis } from './redis.ts';

/** How often Redis is told what was counted, and how old that may be, in milliseconds. */
const tellMs = 100;
const staleMs = 1000;

/** How many callers past their limit are remembered. */
const mostRefused = 10_000;

type Redis = ReturnType<typeof createRedis>;

export interface SharedRateLimits {
  /** As `rateLimit`, counted together with all processes that know the limit by this name. */
  rateLimit(name: string, perMinute: number): RateLimit;
  close(): Promise<void>;
}

/**
 * Limits that several processes share through Redis. Nobody ever waits for it: every process counts by itself, tells
 * Redis in the background, and learns from the answers who is past a limit, a tenth of a second late. While Redis is
 * slow or away, each process goes by its own count.
 */
export function openSharedRateLimits(url: string): SharedRateLimits {
  const redis = createRedis(url);
  // The bus of events, which has a connection of its own, tells that Redis is away.
  redis.on('error', () => {});
  const starting = redis.connect().catch(() => {});
  return {
    rateLimit: (name, perMinute) => (perMinute === 0 ? unlimited : sharedRateLimit(redis, name, perMinute)),
    close: async () => {
      redis.destroy();
      await starting;
    },
  };
}

function sharedRateLimit(redis: Redis, name: string, perMinute: number): RateLimit {
  const own = rateLimit(name, perMinute);
  const all = new RateLimiterRedis({
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: `crm-lookup:${name}`,
    points: perMinute,
    duration: 60,
  });
  const refusedUntil = new LRUCache<string, number>({ max: mostRefused });
  const untold = new Map<string, number>();
  let telling = false;

  /** Both what is within the limit and what is past it comes as this; anything else is Redis being away. */
  const learn = (key: string) => (answer: unknown) => {
    if (!(answer instanceof RateLimiterRes) || answer.consumedPoints < perMinute) return;
    refusedUntil.set(key, performance.now() + answer.msBeforeNext, { ttl: answer.msBeforeNext });
  };

  async function tell(): Promise<void> {
    const counted = [...untold];
    untold.clear();
    const began = performance.now();
    await Promise.all(counted.map(([key, count]) => all.consume(key, count).then(learn(key), learn(key))));
    // Counted in a minute in which it was not, it could put somebody past a limit.
    if (performance.now() - began > staleMs) untold.clear();
    telling = untold.size > 0;
    if (telling) setTimeout(tell, tellMs).unref();
  }

  return {
    exceeded: async (key) => {
      const exceeded = await own.exceeded(key);
      if (exceeded) return exceeded;
      const until = refusedUntil.get(key);
      if (until) return refusalHeaders(perMinute, until - performance.now());
      untold.set(key, (untold.get(key) ?? 0) + 1);
      if (!telling) setTimeout(tell, tellMs).unref();
      telling = true;
      return null;
    },
    forgive: async (key) => {
      untold.delete(key);
      refusedUntil.delete(key);
      await own.forgive(key);
      void all.delete(key).catch(() => {});
    },
  };
}
