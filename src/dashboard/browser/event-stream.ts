/** One message of a stream of server-sent events. */
export interface StreamMessage {
  event: string;
  /** Null if the message has none. */
  id: string | null;
  /** Null where only the place in the stream moves on. */
  content: string | null;
}

/**
 * Reads server-sent events from a stream of text, as the HTML standard's "event stream interpretation" has it. An
 * `EventSource` cannot send the token, so the browser's own reader is of no use here.
 */
export async function* readEventStream(chunks: AsyncIterable<string>): AsyncGenerator<StreamMessage> {
  let rest = '';
  let message = empty();
  for await (const chunk of chunks) {
    rest += chunk;
    // A carriage return at the end may be the first half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') {
        read(line, message);
        continue;
      }
      const { event, id, lines: written } = message;
      if (written.length > 0 || id !== null)
        yield { event, id, content: written.length > 0 ? written.join('\n') : null };
      message = empty();
    }
  }
}

const empty = () => ({ event: 'message', id: null as string | null, lines: [] as string[] });

function read(line: string, message: ReturnType<typeof empty>): void {
  const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  if (name === 'event') message.event = value;
  if (name === 'id' && !value.includes('\0')) message.id = value;
  if (name === 'data') message.lines.push(value);
}
