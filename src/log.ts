import type { EventEmitter } from 'node:events';
import pino, { type Logger } from 'pino';

/** Lines are written together: under load the writing of each would cost more than what it tells of. */
const flushMs = 200;
const writtenAtOnce = 8 * 1024;
/** What waits for a reader who has stopped reading is dropped beyond this, or it would take all memory. Bytes. */
const waitingAtMost = 8 * 1024 * 1024;

/** What PostgreSQL tells beside an error's message can be a row, with the numbers of people; its driver adds all of a connection. */
const rowDetails = { paths: ['err.detail', 'err.where', 'err.client'], remove: true };

/** Opens the log: JSON lines on standard error, at most a moment late, and all of them when the process ends by itself. */
export function openLog(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: false, minLength: writtenAtOnce, maxLength: waitingAtMost });
  setInterval(() => destination.flush(), flushMs).unref();
  return pino({ level, redact: rowDetails }, destination);
}

/** How long whoever reads the last lines may pause, in milliseconds. */
const lastLinesMs = 1000;

/**
 * Writes the last lines. A reader who has stopped reading holds them, and with them every way out of a process but
 * one: then the process is killed, a second after the last piece was read.
 */
export async function closeLog(log: Logger): Promise<void> {
  const { [pino.symbols.streamSym]: destination } = log as unknown as Record<symbol, EventEmitter>;
  const unread = setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastLinesMs);
  destination?.on('write', () => unread.refresh());
  await new Promise((written) => log.flush(written));
  clearTimeout(unread);
}
