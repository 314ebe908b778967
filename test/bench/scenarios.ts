import { mercurius, postgraphile } from './peer-requests.ts';
import { type Build, graphql, limit, rest, type Work } from './requests.ts';

/** What is measured, and what is aimed for. */
export interface Scenario {
  name: string;
  work: Work;
  ours: Build;
  /** Whether the request is one of GraphQL, as those of the peers are. */
  graphql: boolean;
  /** The share of the limit's throughput that is aimed for, where one is. */
  goal?: number;
  /** How long the request in the middle may take, in milliseconds, where that is what counts. */
  goalMs?: number;
  /** How many requests are under way at a time, if not as many as the command line says. */
  concurrency?: number;
}

export const scenarios: Scenario[] = [
  { name: 'REST contact search', work: 'search', ours: rest.search, graphql: false, goal: 0.75 },
  { name: 'GraphQL contact search', work: 'search', ours: graphql.search, graphql: true, goal: 0.65 },
  { name: 'REST history page', work: 'history', ours: rest.history, graphql: false, goal: 0.75 },
  { name: 'GraphQL history page', work: 'history', ours: graphql.history, graphql: true, goal: 0.6 },
  {
    name: 'GraphQL callStats',
    work: 'figures',
    ours: graphql.figures,
    graphql: true,
    goalMs: 60,
    concurrency: 1,
  },
  { name: 'REST logging a call', work: 'log', ours: rest.log, graphql: false, goal: 0.5 },
  { name: 'GraphQL logging a call', work: 'log', ours: graphql.log, graphql: true },
];

/** How the servers are spoken to: by the names of scenarios, or by the work in words of their own. */
const languages: Record<string, Record<string, Build>> = {
  ours: Object.fromEntries(scenarios.map(({ name, ours }) => [name, ours])),
  limit,
  rest,
  mercurius,
  postgraphile,
};

/** How a request of this name is made for a server that speaks this language. */
export function buildOf(language: string, name: string): Build {
  const build = languages[language]?.[name];
  if (!build) throw new Error(`Nobody knows how ${name} is said to ${language}.`);
  return build;
}
