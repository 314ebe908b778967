import type { ConnectorKinds } from './connector.ts';
import { native } from './native.ts';
import { threeCxTemplate } from './three-cx-template.ts';
import { urlBuilder } from './url-builder.ts';

/** Every kind of CRM that an integration can name. */
export const connectors = {
  native,
  'url-builder': urlBuilder,
  '3cx-template': threeCxTemplate,
} satisfies ConnectorKinds;
