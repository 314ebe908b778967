import type { ConnectorKinds } from './connector.ts';
import { native } from './native.ts';
import { urlBuilder } from './url-builder.ts';

/** Every kind of CRM that an integration can name. */
export const connectors = { native, 'url-builder': urlBuilder } satisfies ConnectorKinds;
