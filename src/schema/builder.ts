import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ZodPlugin from '@pothos/plugin-zod';
import { JSONResolver, UUIDResolver } from 'graphql-scalars';
import { contextScope, lookupScopes } from '../auth/principal.ts';
import type { Context } from '../context.ts';
import { badInput, DomainError } from '../errors.ts';
import { limits } from '../limits.ts';
import { DateTime } from './date-time.ts';

interface SchemaTypes {
  Context: Context;
  AuthScopes: { lookup: boolean; saveContext: boolean; operate: boolean };
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    UUID: { Input: string; Output: string };
    ID: { Input: string; Output: string };
  };
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
}

/** The connection has counted its rows already; without this, its lists would count them a second time. */
const ofConnection = { field: 1, multiplier: 1 };

/** Authorisation stands before validation, so that a stranger learns nothing from what is wrong with an argument. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, ComplexityPlugin, RelayPlugin, DataloaderPlugin, ZodPlugin],
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ principal }) => ({
      lookup: lookupScopes.every((scope) => principal?.scopes.includes(scope)),
      saveContext: principal?.scopes.includes(contextScope) ?? false,
      operate: principal?.scopes.includes('admin') ?? false,
    }),
    unauthorizedError: (_, { principal }) =>
      principal
        ? new DomainError('FORBIDDEN', 'Invalid scope(s) provided.')
        : new DomainError('UNAUTHENTICATED', 'Unauthenticated.'),
  },
  complexity: {
    limit: ({ ownDocument }) => (ownDocument ? {} : { complexity: limits.documentComplexity }),
    complexityError: () =>
      badInput([], 'The query asks for more than one answer may hold; ask for fewer or shorter lists.'),
  },
  relay: {
    cursorType: 'String',
    edgesFieldOptions: { nullable: false, description: 'The rows with their cursors.', complexity: ofConnection },
    nodeFieldOptions: { nullable: false, description: 'The row.' },
    cursorFieldOptions: { description: 'Where the row stands; give it to `after` or `before`.' },
    nodesOnConnection: { description: 'The rows themselves.', complexity: ofConnection },
    pageInfoFieldOptions: { nullable: false, description: 'Where this page stands in the list.' },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'Whether more rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows stand before this page.' },
    startCursorFieldOptions: { description: 'The first row’s cursor; null on an empty page.' },
    endCursorFieldOptions: { description: 'The last row’s cursor; null on an empty page.' },
    firstArgOptions: {
      description: `How many rows from the start: ${limits.defaultPageSize} if absent, 1 to ${limits.pageSize} (clamped).`,
    },
    afterArgOptions: { description: 'Only rows that stand after this cursor.' },
    lastArgOptions: { description: 'How many rows from the end, instead of `first`.' },
    beforeArgOptions: { description: 'Only rows that stand before this cursor.' },
  },
  zod: {
    validationError: (error) => {
      const issues = error.issues.map(({ path, message }) => ({ path: path as (string | number)[], message }));
      return new DomainError('BAD_USER_INPUT', issues.map(({ message }) => message).join(' '), { issues });
    },
  },
});

builder.addScalarType('DateTime', DateTime);
builder.addScalarType('JSON', JSONResolver);
builder.addScalarType('UUID', UUIDResolver);

builder.queryType({
  description: 'What may be asked. Every field needs a token with the scopes `client` and `crm`.',
  authScopes: { lookup: true },
});
builder.mutationType({
  description:
    'What may be changed. Every field needs a token with the scopes `client` and `crm`, unless it says otherwise.',
  authScopes: { lookup: true },
});

/** Adds how many rows a list holds to every connection. */
builder.globalConnectionField('totalCount', (t) =>
  t.int({
    nullable: false,
    description: 'How many rows the whole list holds. Costs a query of its own, only when it is selected.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);

/** The options of a field that is for operators: it needs the scope `admin`, and no other. */
export const forOperators = { nullable: false, skipTypeScopes: true, authScopes: { operate: true } } as const;
