import type { CodegenConfig } from '@graphql-codegen/cli';

const shared = { useTypeImports: true, enumType: 'string-literal', enumsAsTypes: true, skipTypename: true };

/**
 * Types the documents that the REST face and the dashboard execute, so that a change of the schema that they miss
 * fails the build. The browser gets its documents as text and its times as they travel, and needs no parser.
 */
const config: CodegenConfig = {
  schema: 'src/schema/schema.graphql',
  generates: {
    'src/rest/lookup.generated.ts': {
      documents: 'src/rest/lookup.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        ...shared,
        scalars: {
          DateTime: 'Date',
          JSON: 'unknown',
          UUID: 'string',
          ID: 'string',
        },
      },
    },
    'src/dashboard/browser/documents.generated.ts': {
      documents: 'src/dashboard/dashboard.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        ...shared,
        documentMode: 'string',
        scalars: { DateTime: 'string', JSON: 'unknown', UUID: 'string', ID: 'string' },
      },
    },
  },
};

export default config;
