import type { ConnectorFactory } from './connector.ts';
import { nativeConnector } from './native.ts';

/** Every kind of CRM that an integration can name. */
export const connectors = {
  native: nativeConnector,
} satisfies Record<string, ConnectorFactory>;
