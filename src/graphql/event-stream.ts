import type { ExecutionResult } from 'graphql';

/** Answers of a subscription, and where to go on after a cut. */
export interface AnswerStream extends AsyncIterableIterator<ExecutionResult> {
  readonly position: string;
}

/** What a browser waits before it connects again, in milliseconds. */
const retryMs = 1000;

/**
 * Writes answers as GraphQL over SSE does in its mode of distinct connections, each with its event's id, and a
 * heartbeat that moves the id on where nothing happens. An answer is worked out only when the one before it is taken,
 * so a slow reader costs nothing. A stream that breaks off (`complete` answers false, or an error) ends without
 * `complete`, and is to be resumed.
 */
export function writeEventStream(
  answers: AnswerStream,
  { heartbeatMs, complete }: { heartbeatMs: number; complete(): boolean },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: Promise<IteratorResult<ExecutionResult>> | undefined;
  const beat = () => `id: ${answers.position}\n:\n\n`;
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`retry: ${retryMs}\n${beat()}`)),
    pull: async (controller) => {
      next ??= answers.next();
      const result = await within(next, heartbeatMs);
      if (!result) return controller.enqueue(encoder.encode(beat()));
      next = undefined;
      if (!result.done) return controller.enqueue(encoder.encode(message(result.value)));
      if (complete()) controller.enqueue(encoder.encode('event: complete\ndata:\n\n'));
      controller.close();
    },
    cancel: async () => {
      await answers.return?.();
    },
  });
}

function message(answer: ExecutionResult): string {
  const id = answer.extensions?.eventId;
  return `${id ? `id: ${id}\n` : ''}event: next\ndata: ${JSON.stringify(answer)}\n\n`;
}

/** What the work answers, or null when it takes longer. */
async function within<Result>(work: Promise<Result>, milliseconds: number): Promise<Result | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, milliseconds, null);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
