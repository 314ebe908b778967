import { type ReadonlySignal, signal } from '@preact/signals';
import { isTrouble, type Trouble } from './ask.ts';

/** Something that is asked of the server, and asked again when it may have changed. */
export interface Source<Value> {
  /** The last answer; stays while a newer one is on its way. Null before the first. */
  value: ReadonlySignal<Value | null>;
  /** Why there is no newer answer; null while all is well. */
  trouble: ReadonlySignal<Trouble | null>;
  loading: ReadonlySignal<boolean>;
  /** Asks now. Only the last of several questions is listened to. */
  refresh(): Promise<void>;
  /** Forgets everything and asks nothing any more. */
  stop(): void;
}

const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Keeps an answer; while the server is away it goes on asking, with growing pauses. */
export function createSource<Value>(load: () => Promise<Value>): Source<Value> {
  const value = signal<Value | null>(null);
  const trouble = signal<Trouble | null>(null);
  const loading = signal(false);
  let asked = 0;
  let pauseMs = firstPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const mine = ++asked;
    loading.value = true;
    const outcome = await load().then(
      (answer) => ({ answer, failure: null }),
      (failure: unknown) => ({ answer: null, failure: asTrouble(failure) }),
    );
    if (mine !== asked) return;
    loading.value = false;
    trouble.value = outcome.failure;
    if (outcome.failure?.kind === 'away') {
      timer = setTimeout(refresh, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      return;
    }
    pauseMs = firstPauseMs;
    if (!outcome.failure) value.value = outcome.answer;
  }

  function stop(): void {
    asked++;
    clearTimeout(timer);
    value.value = null;
  }

  return { value, trouble, loading, refresh, stop };
}

const asTrouble = (failure: unknown): Trouble =>
  isTrouble(failure) ? failure : { kind: 'broken', message: String(failure), issues: [] };
