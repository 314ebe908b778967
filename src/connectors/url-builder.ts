import { z } from 'zod';
import type { ConnectorKind, GivenConfiguration } from './connector.ts';
import { linkFieldNames, linkPattern } from './link-pattern.ts';
import { firstLink, type LinkRule, linkRules } from './link-rule.ts';

const given = z.strictObject({
  file: linkRules.nullable(),
  parameters: z
    .record(z.string(), z.string())
    .pipe(z.strictObject({ Url: linkPattern.optional() }, 'The only parameter is Url.')),
});

const configuration = given.transform(({ file, parameters: { Url } }, context): LinkRule[] => {
  const rules = [...(file ?? []), ...(Url ? [{ when: {}, url: Url }] : [])];
  if (rules.length > 0) return rules;
  context.addIssue({
    code: 'custom',
    path: ['parameters', 'Url'],
    message: 'Give an address as Url, or a file of rules.',
  });
  return z.NEVER;
});

const problems = (from: GivenConfiguration) =>
  (configuration.safeParse(from).error?.issues ?? []).map(({ path, message }) => ({
    severity: 'error' as const,
    element: path[0] === 'file' ? 'file' : 'Url',
    line: null,
    message,
  }));

/**
 * A CRM without an API: it only builds links, for whoever has no page of their own. The rules of the file come first,
 * and then the parameter `Url` for everybody else.
 */
export const urlBuilder: ConnectorKind<LinkRule[]> = {
  configuration,
  form: (from) => ({
    parameters: [
      {
        name: 'Url',
        title: `Address, with ${linkFieldNames.map((name) => `{${name}}`).join(' ')}`,
        type: 'STRING',
        default: '',
        choices: [],
        secret: false,
      },
    ],
    problems: problems(from),
  }),
  connect: (_, rules) => ({ contactUrl: (subject) => firstLink(rules, subject) }),
};
