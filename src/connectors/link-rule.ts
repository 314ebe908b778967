import { z } from 'zod';
import type { LinkSubject } from './connector.ts';
import { fieldText, type LinkField, type LinkPattern, linkFieldNames, linkPattern } from './link-pattern.ts';

type Condition = (text: string) => boolean;

/** A link, and for whom it is: every condition must hold. */
export interface LinkRule {
  when: Partial<Record<LinkField, Condition | undefined>>;
  url: LinkPattern;
}

/** The link of the first rule that fits, and whose address can be filled. */
export function firstLink(rules: LinkRule[], subject: LinkSubject): string | null {
  for (const { when, url } of rules) {
    const fits = linkFieldNames.every((field) => when[field]?.(fieldText(field, subject)) ?? true);
    const link = fits ? url(subject) : null;
    if (link) return link;
  }
  return null;
}

const fold = (text: string) => text.toLowerCase();

const equals =
  (wanted: string): Condition =>
  (text) =>
    fold(text) === fold(wanted);

const beginsWith =
  (beginning: string): Condition =>
  (text) =>
    fold(text).startsWith(fold(beginning));

const isPresent =
  (present: boolean): Condition =>
  (text) =>
    (text !== '') === present;

const condition = z.union(
  [
    z.string().transform(equals),
    z.strictObject({ begins_with: z.string() }).transform((wanted) => beginsWith(wanted.begins_with)),
    z.strictObject({ present: z.boolean() }).transform((wanted) => isPresent(wanted.present)),
  ],
  'A condition is a text to be equal to, or {"begins_with": "…"}, or {"present": true}, or {"present": false}.',
);

const conditions = {
  ...(Object.fromEntries(linkFieldNames.map((name) => [name, condition.optional()])) as Record<
    LinkField,
    z.ZodOptional<typeof condition>
  >),
  direction: z.enum(['inbound', 'outbound'], 'A direction is inbound or outbound.').transform(equals).optional(),
};

const rules = z
  .array(
    z.strictObject({ when: z.strictObject(conditions).default({}), url: linkPattern }),
    'The file is no list of rules in JSON.',
  )
  .min(1, 'A file of rules holds at least one.')
  .max(100, 'A file of rules holds at most 100.');

/** Reads a file of rules: a list in JSON, of which every mistake is told with its place. */
export const linkRules = z.string().transform((text, context): LinkRule[] => {
  const read = rules.safeParse(parsed(text));
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) {
    const [index, ...place] = path;
    const where =
      index === undefined ? '' : `Rule ${Number(index) + 1}${place.map((name) => `, ${String(name)}`).join('')}: `;
    context.addIssue({ code: 'custom', message: `${where}${message}` });
  }
  return z.NEVER;
});

/** What is no JSON is no list of rules either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
