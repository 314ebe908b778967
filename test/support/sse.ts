import { onTestFinished } from 'vitest';
import { app } from './world.ts';

/** One block of an event stream, field by field. */
export interface Message {
  id?: string;
  event?: string;
  data?: any;
  /** Whether it was only there to show that the stream lives. */
  comment: boolean;
}

export interface SseClient {
  status: number;
  headers: Headers;
  /** The next message that holds an event; null when the stream has ended. */
  next(): Promise<Message | null>;
  /** The next block of any sort. */
  block(): Promise<Message | null>;
  /** The last id that was told, as a browser keeps it. */
  lastEventId(): string | undefined;
  /** Breaks the connection. */
  cut(): Promise<void>;
}

interface Subscription {
  token: string;
  query: string;
  variables?: object;
  lastEventId?: string | undefined;
  app?: { fetch: (request: Request) => Response | Promise<Response> };
  url?: string;
}

/** Subscribes as GraphQL over SSE says it, in its mode of distinct connections. */
export async function subscribe({ token, query, variables = {}, lastEventId, url, ...more }: Subscription) {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const request = new Request(`${url ?? 'http://test.local'}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
    signal: ending.signal,
  });
  const response = await (url ? fetch(request) : (more.app ?? app).fetch(request));
  return readEvents(response);
}

export function readEvents(response: Response): SseClient {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  onTestFinished(async () => void (await reader.cancel().catch(() => {})));
  const decoder = new TextDecoder();
  let text = '';
  let last: string | undefined;
  async function block(): Promise<Message | null> {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
    const end = text.indexOf('\n\n');
    const message = readBlock(text.slice(0, end));
    text = text.slice(end + 2);
    last = message.id ?? last;
    return message;
  }
  return {
    status: response.status,
    headers: response.headers,
    block,
    next: async () => {
      for (;;) {
        const message = await block();
        if (!message?.comment) return message;
      }
    },
    lastEventId: () => last,
    cut: () => reader.cancel(),
  };
}

function readBlock(text: string): Message {
  const lines = text.split('\n');
  const field = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const [id, event, data] = [field('id'), field('event'), field('data')];
  return {
    ...(id !== undefined && { id }),
    ...(event !== undefined && { event }),
    ...(data && { data: JSON.parse(data) }),
    comment: event === undefined,
  };
}
