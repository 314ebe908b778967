import { signal } from '@preact/signals';
import { type Document, lose, renew } from './ask.ts';
import { readEventStream } from './event-stream.ts';
import { access } from './session.ts';

/** How the line over which events arrive stands; `paused` while nobody looks at the page. */
export type LineState = 'connecting' | 'live' | 'waiting' | 'paused' | 'off';

const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Longer than the server is ever silent. */
const silenceMs = 45_000;

/** When the browser's own network comes or goes, a line is dead or worth another try, and need not be waited for. */
const turns = ['online', 'offline'] as const;

interface Listening<Result> {
  document: Document<Result, Record<string, never>>;
  /** Called when a line stands; what happened while there was none has to be asked for. */
  onOpen(): void;
  onEvent(result: Result): void;
}

/**
 * Follows a subscription while the page is looked at, and resumes after the last event it has seen whenever the line
 * was cut. Browsers allow few lines to one server, so that a page nobody looks at has none.
 */
export function follow<Result>(listening: Listening<Result>) {
  const state = signal<LineState>('connecting');
  const place = { lastEventId: '' };
  let cut = new AbortController();
  let pauseMs = firstPauseMs;
  let stopped = false;

  async function run(): Promise<void> {
    while (!stopped) {
      cut = new AbortController();
      if (document.hidden) {
        state.value = 'paused';
        await aborted(cut.signal);
        continue;
      }
      state.value = 'connecting';
      const outcome = await listen({ ...listening, onOpen: opened }, place, cut).catch(() => 'cut' as const);
      cut.abort();
      if (outcome === 'refused') break;
      if (outcome === 'renewed' || stopped || document.hidden) continue;
      state.value = 'waiting';
      cut = new AbortController();
      await aborted(cut.signal, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    state.value = 'off';
  }

  function opened(): void {
    state.value = 'live';
    pauseMs = firstPauseMs;
    listening.onOpen();
  }
  const change = () => cut.abort();
  document.addEventListener('visibilitychange', change);
  for (const turn of turns) addEventListener(turn, change);
  void run();
  return {
    state,
    stop: () => {
      stopped = true;
      document.removeEventListener('visibilitychange', change);
      for (const turn of turns) removeEventListener(turn, change);
      cut.abort();
    },
  };
}

/** Resolves when the signal is aborted, or the time is over. */
const aborted = (cut: AbortSignal, ms?: number) =>
  new Promise<void>((resolve) => {
    const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
    cut.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** One line until it ends: cut, with another token from now on, or refused for good. */
async function listen<Result>(
  { document, onOpen, onEvent }: Listening<Result>,
  place: { lastEventId: string },
  cut: AbortController,
): Promise<'cut' | 'renewed' | 'refused'> {
  const opened = access.value;
  if (!opened) return 'refused';
  const renewed = async () => {
    if (await renew(opened)) return 'renewed';
    lose(opened);
    return 'refused';
  };
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${opened.token}`,
      ...(place.lastEventId && { 'last-event-id': place.lastEventId }),
    },
    body: JSON.stringify({ query: document.toString() }),
    signal: cut.signal,
    cache: 'no-store',
  });
  if (response.status === 401) return renewed();
  if (!response.ok || !response.body) return response.status >= 500 || response.status === 429 ? 'cut' : 'refused';
  onOpen();
  for await (const { event, id, content } of readEventStream(textOf(response.body, cut))) {
    if (id !== null) place.lastEventId = id;
    if (event !== 'next' || content === null) continue;
    const { data, errors } = JSON.parse(content) as Answer<Result>;
    if (errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')) return renewed();
    // An id that the server does not know any more must not be shown again and again.
    if (errors?.some(({ extensions }) => extensions?.code === 'BAD_USER_INPUT')) place.lastEventId = '';
    if (data) onEvent(data);
  }
  return 'cut';
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { extensions?: { code?: string } }[];
}

/** The text of a stream; cuts the line when it is silent for so long that it must be dead. */
async function* textOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, cut: AbortController): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const timer = setTimeout(() => cut.abort(), silenceMs);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    yield value;
  }
}
