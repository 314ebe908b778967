import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, type GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context, Stream } from '../context.ts';
import type { Following } from '../domain/live.ts';
import { DomainError } from '../errors.ts';
import { type AnswerStream, writeEventStream } from './event-stream.ts';
import { maskError, type ReportBug } from './mask-error.ts';

export interface SubscriptionSetup {
  report: ReportBug;
  heartbeatMs: number;
  /** Aborted when the server is to end; every stream then breaks off, to be resumed elsewhere. */
  stopping: AbortSignal;
}

/** Subscriptions over SSE: closed to strangers, ended with their credential, each event with a fresh context. */
export function useSubscriptions({ report, heartbeatMs, stopping }: SubscriptionSetup): Plugin<Context> {
  // What comes out of the library is wrapped, and does not know its position any more.
  const opened = new WeakMap<Request, AnswerStream>();
  return {
    onSubscribe: ({ args, setSubscribeFn, setResultAndStopExecution }) => {
      const { principal, stream, requestId, request } = args.contextValue as Context & { request: Request };
      const show = (error: unknown) => maskError(error, requestId, report);
      if (!principal || !stream) return setResultAndStopExecution({ errors: [show(unauthenticated())] });
      setSubscribeFn(async (document) => {
        const source = await createSourceEventStream(document as ExecutionArgs);
        if (!isAsyncIterable(source)) return { errors: source.errors?.map(show) ?? [] };
        const answers = answerStream(document as ExecutionArgs, source as Following<unknown>, stream, {
          stopping,
          show,
        });
        opened.set(request, answers);
        return answers;
      });
    },
    onResultProcess: ({ request, resultProcessor, setResultProcessor }) => {
      const answers = opened.get(request);
      if (!answers || !resultProcessor) return;
      setResultProcessor(() => respond(answers), 'text/event-stream');
    },
  };

  function respond(answers: AnswerStream): Response {
    const stream = writeEventStream(answers, { heartbeatMs, complete: () => !stopping.aborted });
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' };
    // Or nginx would keep events back.
    return new Response(stream, { headers: { ...headers, 'x-accel-buffering': 'no' } });
  }
}

/** Executes the document once for every event, for as long as the credential is good. */
function answerStream(
  args: ExecutionArgs,
  source: Following<unknown>,
  stream: Stream,
  { stopping, show }: { stopping: AbortSignal; show: (error: unknown) => GraphQLError },
): AnswerStream {
  const watched = stream.watch();
  const end = () => void source.return?.();
  const signals = [stopping, watched.ended];
  for (const signal of signals) signal.addEventListener('abort', end);
  if (stopping.aborted) end();
  let told = false;
  const close = () => {
    watched.close();
    for (const signal of signals) signal.removeEventListener('abort', end);
  };
  return {
    get position() {
      return source.position;
    },
    next: async () => {
      const event = await source.next().catch((error) => {
        // The stream breaks off, and is resumed when what failed is well again.
        show(error);
        close();
        throw error;
      });
      if (!event.done) {
        const result = await execute({ ...args, rootValue: event.value, contextValue: watched.context() });
        return { done: false, value: shown(result, event.value.id, show) };
      }
      close();
      if (!watched.ended.aborted || told) return { done: true, value: undefined };
      told = true;
      return { done: false, value: { errors: [withoutHttp(show(unauthenticated()))] } };
    },
    return: async () => {
      close();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function shown(result: ExecutionResult, eventId: string, show: (error: unknown) => GraphQLError): ExecutionResult {
  const errors = result.errors?.map((error) => withoutHttp(show(error)));
  return { ...(errors && { errors }), data: result.data ?? null, extensions: { eventId } };
}

/** Status and headers are out already. */
function withoutHttp(error: GraphQLError): GraphQLError {
  const { http: _, ...extensions } = error.extensions;
  return Object.assign(error, { extensions });
}

const unauthenticated = () => new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
