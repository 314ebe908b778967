import { limits } from '../limits.ts';
import { type FilterName, filterNames, includeNames, sortNames } from '../rest/phone-call-query.ts';
import type { FieldSchemas } from './request-schema.ts';
import type { Schema } from './schema.ts';

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: string;
}

const time =
  'An instant (ISO 8601, or milliseconds since 1970), a UTC day, `from,to` with either side empty, or one of these behind `>=`, `<=`, `>`, `<`.';

/** What each filter means; one that is new must be told here. */
const filterMeanings: Record<FilterName, string> = {
  direction: 'One or more of `inbound`, `outbound`, `internal`, with commas.',
  status: 'One or more of `completed`, `failed`, `busy`, `no-answer`, `missed`, `notanswered`, with commas.',
  answered: '`true` or `false`.',
  number_from: 'Who called: one or more numbers in any form, with commas.',
  number_to: 'Who was called: one or more numbers in any form, with commas.',
  number_did: 'The company’s number that was dialled: one or more in any form, with commas.',
  start_time: `When the call began. ${time}`,
  end_time: `When the call ended. ${time}`,
  agent_email: 'One or more agents, whatever the case, with commas.',
  subject: 'The subject contains one of these, whatever the case.',
};

const query = (name: string, description: string, schema: Schema = { type: 'string' }): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
});

/** Which calls, and in which order: of the list and of the exports. */
export const listingParameters: Parameter[] = [
  ...filterNames.map((name) => query(`filter[${name}]`, filterMeanings[name])),
  query(
    'sort',
    `A comma list of ${sortNames.map((name) => `\`${name}\``).join(', ')}, each with \`-\` for descending.`,
    {
      type: 'string',
      default: '-start_time',
    },
  ),
];

export const pageParameters: Parameter[] = [
  query('include', `A comma list of ${includeNames.map((name) => `\`${name}\``).join(', ')}.`),
  query('per_page', 'Rows of a page.', {
    type: 'integer',
    minimum: 1,
    maximum: limits.pageSize,
    default: limits.defaultPageSize,
  }),
  query('page', 'Which page, from 1.', { type: 'integer', minimum: 1, default: 1 }),
  query(
    'cursor',
    'Instead of `page`, and faster on deep ones: empty for the first page, then the `next_cursor` of the page before.',
  ),
];

export const fieldParameters = ({ properties, required }: FieldSchemas): Parameter[] =>
  Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) && { required: true }),
    ...(description && { description }),
    schema,
  }));

export const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller: the same key again means the same report, and another payload under it is refused. Kept for 7 days.',
  schema: { type: 'string', maxLength: limits.idempotencyKey },
};

/** The parts of a path that stand behind a colon in the router’s table. */
export const pathParameters = (path: string): Parameter[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
