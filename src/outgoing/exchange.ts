import type { Agent, Dispatcher } from 'undici';
import { type Answer, readAnswer } from './answer.ts';
import { ForbiddenAddress } from './connect.ts';
import { growingBuffer } from './growing-buffer.ts';
import { OutgoingError, type OutgoingFailure } from './outgoing-error.ts';
import type { CheckedRequest } from './request.ts';
import type { OutgoingResponse } from './send.ts';

export interface ExchangeLimits {
  timeoutMs: number;
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/** How many interim answers (1xx) one request may get. */
const mostPromises = 20;

type Fail = (code: OutgoingFailure, message: string) => void;

/** Sends one request and reads its answer within the limits. */
export async function exchange(
  agent: Agent,
  request: CheckedRequest,
  { timeoutMs, maxBytes, signal }: ExchangeLimits,
): Promise<OutgoingResponse> {
  const { host } = request;
  const cancelled = 'was given up by its caller.';
  if (signal?.aborted) throw new OutgoingError('CANCELLED', `The request for ${host} ${cancelled}`, false);
  const { answer, fail } = receive(agent, request, maxBytes);
  const cancel = () => fail('CANCELLED', cancelled);
  const timer = setTimeout(() => fail('TIMED_OUT', `took longer than ${timeoutMs} ms.`), timeoutMs);
  signal?.addEventListener('abort', cancel);
  try {
    return await readAnswer(await answer, maxBytes, host);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Starts the request. What fails it before it was written keeps it from being written. */
function receive(agent: Agent, request: CheckedRequest, maxBytes: number): { answer: Promise<Answer>; fail: Fail } {
  const answer = Promise.withResolvers<Answer>();
  let writing: Dispatcher.DispatchController | null = null;
  let failed: OutgoingError | null = null;
  const fail: Fail = (code, message) => {
    failed ??= new OutgoingError(code, `The request for ${request.host} ${message}`, writing !== null);
    answer.reject(failed);
    writing?.abort(failed);
  };
  const body = growingBuffer(maxBytes);
  let promises = 0;
  let head: Pick<Answer, 'status' | 'headers'> = { status: 0, headers: {} };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => {
      if (failed) controller.abort(failed);
      else writing = controller;
    },
    onResponseStart: (_, status, headers) => {
      head = { status, headers };
      if (status < 200 && ++promises > mostPromises) fail('BROKEN', 'was only ever promised an answer.');
    },
    onResponseData: (_, chunk) => {
      if (!body.add(chunk)) fail('TOO_LARGE', `was answered with more than ${maxBytes} bytes.`);
    },
    onResponseEnd: () => answer.resolve({ ...head, body: body.bytes() }),
    onResponseError: (_, error) => {
      if (!failed) fail(...explained(error, writing !== null));
    },
  };
  agent.dispatch(request, handler);
  return { answer: answer.promise, fail };
}

/** What an error of the connection means. Its own message may hold what was sent, and goes no further. */
function explained(error: Error & { code?: string }, writing: boolean): [OutgoingFailure, string] {
  const { code = error.name } = error;
  if (error instanceof ForbiddenAddress) return ['FORBIDDEN', 'was not sent: its address is not public.'];
  if (/^UND_ERR_(DESTROYED|CLOSED)$/.test(code)) return ['CANCELLED', 'was given up because the server stops.'];
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return ['TOO_LARGE', 'was answered with too many headers.'];
  if (writing) return ['BROKEN', `got no whole answer (${code}).`];
  if (/CERT|SELF_SIGNED|UNABLE_TO_|SIGNATURE/.test(code)) return ['UNREACHABLE', `met no valid certificate (${code}).`];
  return ['UNREACHABLE', `found no connection (${code}).`];
}
