import { limits } from '../limits.ts';
import type { Schema } from './schema.ts';

const count: Schema = { type: 'integer', minimum: 0 };
const address: Schema = { type: 'string', format: 'uri' };
const maybeCount: Schema = { type: ['integer', 'null'] };
const maybeAddress: Schema = { type: ['string', 'null'], format: 'uri' };
const maybeCursor: Schema = { type: ['string', 'null'] };

const object = (properties: Record<string, Schema>, description?: string): Schema => ({
  type: 'object',
  ...(description && { description }),
  required: Object.keys(properties),
  properties,
});

const link = object({
  url: maybeAddress,
  label: { type: 'string' },
  active: { type: 'boolean' },
});

/** What the list of calls answers: Laravel's flat paginator, or its cursor paginator where the query has a cursor. */
export const pageSchema = (rows: Schema): Schema => ({
  anyOf: [
    object(
      {
        current_page: count,
        data: rows,
        first_page_url: address,
        from: maybeCount,
        last_page: count,
        last_page_url: address,
        links: { type: 'array', items: link },
        next_page_url: maybeAddress,
        path: address,
        per_page: { ...count, maximum: limits.pageSize },
        prev_page_url: maybeAddress,
        to: maybeCount,
        total: count,
      },
      'A numbered page.',
    ),
    object(
      {
        data: rows,
        path: address,
        per_page: { ...count, maximum: limits.pageSize },
        next_cursor: maybeCursor,
        next_page_url: maybeAddress,
      },
      'A page behind a cursor.',
    ),
  ],
});
