import { defineConfig } from 'prisma/config';

// Generating, validating and formatting need no native engine, but Prisma's CLI looks for one and would
// download it. Any existing file satisfies that look. Commands that do need the engine keep the real one.
process.env.CHECKPOINT_DISABLE ??= '1';
if (['generate', 'validate', 'format'].includes(process.argv[2] ?? '')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: '../prisma/schema.prisma',
  migrations: { path: '../prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
