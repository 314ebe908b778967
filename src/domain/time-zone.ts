import { Temporal } from 'temporal-polyfill';
import { badInput, type InputIssue } from '../errors.ts';

/**
 * The name of a time zone, as it was given, if it is one of the IANA database, whatever its case. Throws
 * `BAD_USER_INPUT` otherwise; also for a bare offset such as `+02:00`, whose sign databases read the other way round.
 */
export function readTimeZone(name: string, path: InputIssue['path']): string {
  try {
    if (/^[a-z]/i.test(name)) return new Temporal.ZonedDateTime(0n, name) && name;
  } catch {
    // Told below, in our own words.
  }
  throw badInput(path, 'Must be the name of a time zone, such as Europe/Paris.');
}

/** What the clocks of a zone show at a moment. */
export const zoned = (moment: Date | number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Number(moment)).toZonedDateTimeISO(timeZone);
