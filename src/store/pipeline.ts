import pg from 'pg';
import { inTimeLeft, timeLeft } from './deadline.ts';
import { gather, streamOf } from './gather.ts';
import { refreshPlans } from './plans.ts';
import { type AskRows, askClient, limitAnswers, type RowsQuery } from './rows-query.ts';

/**
 * A few connections that nobody has to himself: what is asked of one is sent at once, behind what was asked before, and
 * all of a moment together. That costs this process and the database a half of a connection for each, but a statement
 * waits for those before it, so all of them must be quick.
 */
export interface Pipeline {
  readonly ask: AskRows;
  end(): Promise<void>;
}

export interface PipelineOptions {
  connections: number;
  /** An answer that takes longer ends its connection, as what was asked behind it would never come. Milliseconds. */
  answerMs: number;
  onError(error: Error): void;
}

/** Opens connections as they are needed, and anew after they broke; then whoever waits hears of it. */
export function openPipeline(config: pg.ClientConfig, options: PipelineOptions): Pipeline {
  const lines = Array.from({ length: options.connections }, () => new Line(config, options));
  return {
    ask: (query) => lines.reduce((idlest, line) => (line.waiting < idlest.waiting ? line : idlest)).ask(query),
    end: async () => {
      await Promise.all(lines.map((line) => line.end()));
    },
  };
}

class Line {
  /** How many answers are waited for. */
  waiting = 0;
  readonly #config: pg.ClientConfig;
  readonly #options: PipelineOptions;
  #client: pg.Client | undefined;
  #connecting: Promise<pg.Client> | undefined;

  constructor(config: pg.ClientConfig, options: PipelineOptions) {
    this.#config = config;
    this.#options = options;
  }

  async ask(query: RowsQuery): ReturnType<AskRows> {
    this.waiting++;
    try {
      const client = this.#alive ?? (await inTimeLeft(this.#connect()));
      const hurried = timeLeft() < this.#options.answerMs;
      gather(client);
      refreshPlans(client);
      const rows = askClient(client)(query);
      // Whoever has less time left does not end what others wait for.
      return await (hurried ? inTimeLeft(rows) : rows);
    } finally {
      this.waiting--;
    }
  }

  async end(): Promise<void> {
    const client = await (this.#connecting?.catch(() => undefined) ?? this.#client);
    await client?.end();
  }

  get #alive(): pg.Client | undefined {
    return this.#client && !streamOf(this.#client).destroyed ? this.#client : undefined;
  }

  #connect(): Promise<pg.Client> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true });
    limitAnswers(client, () => this.#options.answerMs);
    client.on('error', this.#options.onError);
    await client.connect();
    this.#client = client;
    return client;
  }
}
