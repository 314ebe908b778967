import { z } from 'zod';
import { limits } from '../limits.ts';
import { holdsOnlyStorable, isDeeper, isStorable } from '../storable.ts';

/** Text that can be stored and given back unchanged. */
export const text = (maximum: number = limits.shortText) =>
  z
    .string()
    .max(maximum, `Must not be longer than ${maximum} characters.`)
    .refine(isStorable, 'Must be well-formed Unicode without NUL.');

export const filledText = (maximum: number = limits.shortText) =>
  text(maximum).refine((value) => value.trim() !== '', 'Must not be blank.');

export const phoneNumber = filledText(limits.phoneNumber);

export const email = filledText(limits.email).pipe(z.email('Must be a valid email address.'));

/** An address that a browser may open; it is stored and shown, and never fetched by the server. */
export const webAddress = filledText(limits.url).refine(
  (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'Must be an http or https URL.',
);

export const duration = z
  .number()
  .int()
  .min(0, 'Must not be negative.')
  .max(limits.durationSeconds, `Must not be more than ${limits.durationSeconds} seconds.`);

export const moment = z
  .date()
  .refine(
    (value) => value.getUTCFullYear() >= limits.earliestYear && value.getUTCFullYear() <= limits.latestYear,
    `Must lie in the years ${limits.earliestYear} to ${limits.latestYear}.`,
  );

/** Data of any shape whose every text, at any depth, can be stored and given back unchanged. */
export const json = z.unknown().refine((value) => {
  const serialized = JSON.stringify(value) ?? '';
  return serialized.length <= limits.contextValue && !isDeeper(value, limits.jsonDepth) && holdsOnlyStorable(value);
}, `Must be JSON of at most ${limits.contextValue} characters and ${limits.jsonDepth} levels, in well-formed Unicode without NUL.`);

/** A list of bounded length. */
export const atMost = (maximum: number) => ({
  maxLength: [maximum, { message: `Must not hold more than ${maximum} values.` }] as [number, { message: string }],
});

export const list = <Item>(item: z.ZodType<Item>) =>
  z.array(item).max(limits.filterValues, `Must not hold more than ${limits.filterValues} values.`);

/** Whether an end is not before its start, where both are given. */
export const inOrder = ({
  startTime,
  endTime,
}: {
  startTime?: Date | null | undefined;
  endTime?: Date | null | undefined;
}) => !startTime || !endTime || endTime >= startTime;
