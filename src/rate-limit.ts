import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** Refuses with the headers that tell the caller when to come back, or answers null and counts the request. */
export type RateLimit = (key: string) => Promise<Record<string, string> | null>;

/** So many requests a minute for each key; without a number of them there is no limit. */
export function rateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return async () => null;
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (key) => {
    try {
      await limiter.consume(key);
      return null;
    } catch (exceeded) {
      const seconds = Math.max(1, Math.ceil((exceeded as RateLimiterRes).msBeforeNext / 1000));
      return {
        'Retry-After': String(seconds),
        'X-RateLimit-Limit': String(perMinute),
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + seconds),
      };
    }
  };
}
