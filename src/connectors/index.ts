import type { ConnectorKinds } from './connector.ts';
import { native } from './native.ts';

/** Every kind of CRM that an integration can name. */
export const connectors = { native } satisfies ConnectorKinds;
