import { ask } from './ask.ts';
import { ViewerDocument, type ViewerQuery } from './documents.generated.ts';
import { createSource } from './source.ts';

export type Viewer = ViewerQuery['viewer'];

/** Whose history the token opens. */
export const viewer = createSource(async () => (await ask(ViewerDocument, {})).viewer);
