import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types the documents that the REST face executes, so that a change of the schema that they miss fails the build. */
const config: CodegenConfig = {
  schema: 'src/schema/schema.graphql',
  documents: 'src/rest/lookup.graphql',
  generates: {
    'src/rest/lookup.generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumType: 'string-literal',
        enumsAsTypes: true,
        skipTypename: true,
        scalars: {
          DateTime: 'Date',
          JSON: 'unknown',
          UUID: 'string',
          ID: 'string',
        },
      },
    },
  },
};

export default config;
