const KiB = 1024;

/** How much of anything is taken; both faces and every floor refuse by these figures. */
export const limits = {
  /** Characters of a name, subject, source or other short text. */
  shortText: 255,
  phoneNumber: 64,
  email: 254,
  url: 2048,
  /** Characters of a call's body, transcription or summary. */
  longText: 64 * KiB,
  chatMessages: 1024 * KiB,
  /** Entries and serialized characters of the data that one context report may bring. */
  contextEntries: 200,
  contextValue: 64 * KiB,
  durationSeconds: 604_800,
  retentionDays: 36_500,
  earliestYear: 1970,
  latestYear: 2100,
  idempotencyKey: 255,
  searchCandidates: 20,
  pageSize: 100,
  /** Of one customer; each costs a row for every event. */
  webhooks: 20,
  /** Subscriptions that one customer may hold open at one server process. */
  streamsPerCustomer: 100,
  defaultPageSize: 20,
  /** Rows that a numbered page may skip. */
  offset: 1_000_000_000,
  filterValues: 100,
  /** How deep filters may stand within filters. */
  filterDepth: 5,
  /** Of how many filters one may be made, at whatever depth. */
  filterParts: 500,
  /** Rows of one answer of figures. */
  statsRows: 10_000,
  /** Integrations of one customer. */
  integrations: 20,
  integrationParameters: 200,
  /** Characters of the file of an integration, and of the value of one of its parameters. */
  integrationFile: 1024 * KiB,
  integrationParameter: 64 * KiB,

  /** Of one server process: fewer in work than the database has connections, so that some are left for lookups. */
  writes: { inWork: 10, waiting: 60, patienceMs: 1000, refusalMs: 1600 },

  bodyBytes: 256 * KiB,
  /** A chat, or a GraphQL document that may log one: the messages and what surrounds them. */
  chatBodyBytes: 1280 * KiB,
  jsonDepth: 32,
  queryBytes: 8 * KiB,
  queryParameters: 100,

  documentTokens: 2000,
  /** List items and fields of inputs in the variables of one document, as far as its types know them. */
  variableValues: 5000,
  documentDepth: 12,
  documentAliases: 30,
  documentDirectives: 30,
  documentComplexity: 50_000,
} as const;
