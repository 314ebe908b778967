import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEventStream, type StreamMessage } from '../../src/dashboard/browser/event-stream.ts';

async function* chunksOf(text: string, cuts: number[]): AsyncGenerator<string> {
  const ends = [...new Set([...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    yield text.slice(start, end);
    start = end;
  }
}

async function read(text: string, cuts: number[] = []): Promise<StreamMessage[]> {
  const messages: StreamMessage[] = [];
  for await (const message of readEventStream(chunksOf(text, cuts))) messages.push(message);
  return messages;
}

test('messages come out whole, wherever the stream was cut and however its lines end', async () => {
  const line = fc.stringMatching(/^[^\r\n]{0,12}$/);
  const message = fc.record({
    event: fc.stringMatching(/^[a-z]{1,6}$/),
    id: fc.stringMatching(/^[\w-]{1,9}$/),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(message),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat()),
      async (messages, end, cuts) => {
        const text = messages.map(({ event, id, lines }) =>
          [`event: ${event}`, `id: ${id}`, ...lines.map((each) => `data: ${each}`), '', ''].join(end),
        );
        // After a lone carriage return something must follow before it can be told from the half of a line's end.
        const told = await read(`${text.join('')}:\n`, cuts);
        expect(told).toEqual(messages.map(({ event, id, lines }) => ({ event, id, content: lines.join('\n') })));
      },
    ),
    { numRuns: 200, seed: 11 },
  );
});

test('a heartbeat moves the place on and says nothing; comments and unknown fields are passed over', async () => {
  const text = 'retry: 1000\nid: 7\n:\n\n: hello\n\ndata\n\nother: x\ndata:{"a":1}\n\n';
  expect(await read(text)).toEqual([
    { event: 'message', id: '7', content: null },
    { event: 'message', id: null, content: '' },
    { event: 'message', id: null, content: '{"a":1}' },
  ]);
});

test('half a message at the end is none', async () => {
  expect(await read('data: whole\n\ndata: half\n')).toEqual([{ event: 'message', id: null, content: 'whole' }]);
});
