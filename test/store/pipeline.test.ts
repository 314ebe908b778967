import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withDeadline } from '../../src/store/deadline.ts';
import { asUnavailable, isUnavailable } from '../../src/store/failure.ts';
import { openPipeline, type PipelineOptions } from '../../src/store/pipeline.ts';
import { RowsQuery } from '../../src/store/rows-query.ts';
import { onDatabase } from '../support/own-database.ts';

const server = process.env.TEST_DATABASE_URL ?? '';

function open(options: Partial<PipelineOptions> = {}) {
  const pipeline = openPipeline(
    { connectionString: server },
    { connections: 2, answerMs: 5000, onError: () => {}, ...options },
  );
  onTestFinished(() => pipeline.end());
  const ask = (text: string, values: unknown[] = ['unused'], name?: string) =>
    pipeline.ask(new RowsQuery(text, name, values));
  return { ...pipeline, ask };
}

const quotient = 'SELECT 1 / $1::int AS quotient';
const session = 'SELECT pg_backend_pid() AS session, $1::text AS asked';

/** Told as what passes by itself. */
const unavailable = { asymmetricMatch: (error: unknown) => isUnavailable(asUnavailable(error)) };

/** The embedded database has one session, which everybody has to himself in turn. */
describe.runIf(server)('quick statements', () => {
  test('share two sessions, and everybody gets his own answer', async () => {
    const { ask } = open();
    const asked = Array.from({ length: 200 }, (_, index) => String(index));
    const answers = await Promise.all(
      asked.map((text, index) => ask(session, [text], index % 3 ? 'asked' : undefined)),
    );
    expect(answers.map(([row]) => row?.asked)).toEqual(asked);
    expect(new Set(answers.map(([row]) => row?.session)).size).toBe(2);
  });

  test('one that fails harms no other', async () => {
    const { ask } = open({ connections: 1 });
    const [before, failed, after] = await Promise.allSettled([
      ask(session, ['before'], 'session'),
      ask(quotient, [0], 'quotient'),
      ask(session, ['after'], 'session'),
    ]);
    expect(before).toMatchObject({ value: [{ asked: 'before' }] });
    expect(failed).toMatchObject({ reason: { code: '22012' } });
    expect(after).toMatchObject({ value: [{ asked: 'after' }] });
    expect(await ask(quotient, [1], 'quotient')).toEqual([{ quotient: 1 }]);
  });

  test('one whose sender has no time left is given up alone', async () => {
    const { ask } = open({ connections: 1 });
    await ask(session);
    const slow = withDeadline(50, () => ask('SELECT pg_sleep(0.3), $1::text AS asked'));
    const behind = ask(session, ['behind']);
    await expect(slow).rejects.toEqual(unavailable);
    expect(await behind).toMatchObject([{ asked: 'behind' }]);
  });

  test('one that is never answered ends its connection, and the next finds another', async () => {
    const { ask } = open({ connections: 1, answerMs: 100 });
    const [first] = await ask(session);
    const [hanging, behind] = await Promise.allSettled([ask('SELECT pg_sleep(1), $1::text AS asked'), ask(session)]);
    expect(hanging).toMatchObject({ reason: unavailable });
    expect(behind).toMatchObject({ reason: unavailable });
    const [next] = await ask(session);
    expect(next?.session).not.toBe(first?.session);
  });

  test('a session that is ended is told to whoever waits, and the next finds another', async () => {
    const errors: Error[] = [];
    const { ask } = open({ connections: 1, onError: (error) => errors.push(error) });
    const [first] = await ask(session);
    const waiting = expect(ask('SELECT pg_sleep(1), $1::text AS asked')).rejects.toEqual(unavailable);
    await onDatabase(server, `SELECT pg_terminate_backend(${first?.session})`);
    await waiting;
    await sleep(50);
    expect(errors.length).toBeGreaterThan(0);
    const [next] = await ask(session);
    expect(next?.session).not.toBe(first?.session);
  });

  test('a database that is away is told at once, and asked again as soon as it is back', async () => {
    const away = openPipeline({ host: '127.0.0.1', port: 1 }, { connections: 1, answerMs: 1000, onError: () => {} });
    const both = [1, 2].map(() => away.ask(new RowsQuery(session, undefined, ['x'])));
    for (const answer of await Promise.allSettled(both)) expect(answer).toMatchObject({ reason: unavailable });
    await away.end();
  });
});
