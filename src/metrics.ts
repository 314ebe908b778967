import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { hashSecret, sameHash } from './auth/secret.ts';

export interface MetricsSetup {
  /** What a scraper must show. */
  token: string;
  /** How many deliveries there are in each state that waits for something. */
  countDeliveries(): Promise<Record<string, number>>;
}

export interface Metrics {
  /** Counts and times every request, by its route and not by its path. */
  measure(c: Context, ms: number): void;
  /** Counts how lookups end. */
  observeLookup<Found extends { match: { kind: string } }>(lookup: Promise<Found>): Promise<Found>;
  /** What a scraper is answered. */
  answer(request: Request): Promise<Response>;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** The first part of a route tells its face. */
const faces: Record<string, string> = {
  graphql: 'graphql',
  api: 'rest',
  export: 'export',
  oauth: 'oauth',
  '3cx': 'pbx',
};

const faceOf = (route: string) => faces[route.split('/')[1] ?? ''] ?? 'page';

/**
 * Figures of operation for Prometheus, in a registry of their own. No label holds anything that callers choose: no
 * path, no number, no customer.
 */
export function createMetrics({ token, countDeliveries }: MetricsSetup): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'crm_lookup_request_duration_seconds',
    help: 'Seconds from the arrival of a request to the beginning of its answer.',
    labelNames: ['face', 'route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const lookups = new Counter({
    name: 'crm_lookup_lookups_total',
    help: 'Searches for a caller, by the kind of match; NONE when nobody was found, FAILED without an answer.',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: 'crm_lookup_deliveries',
    help: 'Pushes to CRMs that wait: pending, or dead until an operator revives them.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      // While the database is away, the other figures are what an operator needs.
      const counts = await countDeliveries().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  const wanted = hashSecret(token);
  return {
    measure: (c, ms) => {
      const path = routePath(c);
      const route = path === '/*' ? 'none' : path;
      const method = methods.has(c.req.method) ? c.req.method : 'other';
      requests.observe({ face: faceOf(route), route, method, status: c.res.status }, ms / 1000);
    },
    observeLookup: (lookup) => {
      lookup.then(
        ({ match }) => lookups.inc({ outcome: match.kind }),
        () => lookups.inc({ outcome: 'FAILED' }),
      );
      return lookup;
    },
    answer: async (request) => {
      const sent = /^bearer +(\S+)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1] ?? '';
      if (!sameHash(hashSecret(sent), wanted)) {
        return new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' } });
      }
      return new Response(await registry.metrics(), { headers: { 'Content-Type': registry.contentType } });
    },
  };
}
