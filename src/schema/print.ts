import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './index.ts';

/** The schema as text, in an order that does not depend on the order of its files. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
