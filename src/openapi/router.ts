import type { GraphQLSchema } from 'graphql';
import { Hono } from 'hono';
import { openApiDocument } from './document.ts';

/** The description of the REST face, made when it is first asked for. */
export function createOpenApiRouter(schema: GraphQLSchema, publicUrl: string): Hono {
  const router = new Hono({ strict: false });
  let document: object | undefined;
  router.get('/api/openapi.json', (c) => {
    document ??= openApiDocument(schema, publicUrl);
    return c.json(document);
  });
  return router;
}
