import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** Counts one for the key; past the limit, answers the headers that tell the caller when to come back, else null. */
  exceeded(key: string): Promise<Record<string, string> | null>;
  /** Begins anew for the key. */
  forgive(key: string): Promise<void>;
}

export const unlimited: RateLimit = { exceeded: async () => null, forgive: async () => {} };

/** So many requests a minute for each key, counted in this process; without a number of them there is no limit. */
export function rateLimit(name: string, perMinute: number): RateLimit {
  if (perMinute === 0) return unlimited;
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: perMinute, duration: 60 });
  return {
    forgive: async (key) => {
      await limiter.delete(key);
    },
    exceeded: async (key) => {
      try {
        await limiter.consume(key);
        return null;
      } catch (exceeded) {
        return refusalHeaders(perMinute, (exceeded as RateLimiterRes).msBeforeNext);
      }
    },
  };
}

/** When to come back, as the legacy face has always told it. */
export function refusalHeaders(perMinute: number, msBeforeNext: number): Record<string, string> {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return {
    'Retry-After': String(seconds),
    'X-RateLimit-Limit': String(perMinute),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + seconds),
  };
}
