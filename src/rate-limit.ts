import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** Counts one for the key; past the limit, answers the headers that tell the caller when to come back, else null. */
  exceeded(key: string): Promise<Record<string, string> | null>;
  /** Begins anew for the key. */
  forgive(key: string): Promise<void>;
}

/** So many requests a minute for each key; without a number of them there is no limit. */
export function rateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return { exceeded: async () => null, forgive: async () => {} };
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
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

function refusalHeaders(perMinute: number, msBeforeNext: number): Record<string, string> {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return {
    'Retry-After': String(seconds),
    'X-RateLimit-Limit': String(perMinute),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + seconds),
  };
}
