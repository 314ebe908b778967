import { XMLBuilder } from 'fast-xml-parser';
import type { Element, TemplateAuth } from './template-element.ts';
import { authentication, parameters } from './template-parameters.ts';
import { scenarios } from './template-scenarios.ts';

/** Rises whenever the content of the template changes, so that an administrator sees which one a phone system has. */
export const templateVersion = 1;

/**
 * The CRM template with which a stock 3CX talks to this server; it holds no secret. The format is described by the
 * vendor under "CRM integration: server-side template".
 */
export function pbxTemplate(publicUrl: string, auth: TemplateAuth): string {
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    textNodeName: '#',
    ignoreAttributes: false,
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    format: true,
    indentBy: '  ',
  });
  const crm: Element = {
    '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    '@Name': auth === 'code' ? 'CRM Lookup' : 'CRM Lookup (token)',
    '@Version': String(templateVersion),
    '@Country': 'EU',
    '@SupportsEmojis': 'true',
    '@SupportsTranscription': 'true',
    '@ListPageSize': '0',
    Number: { '@Prefix': 'AsIs', '@MaxLength': '' },
    Connection: { '@MaxConcurrentRequests': '8' },
    Parameters: { Parameter: parameters(publicUrl, auth) },
    Authentication: authentication(auth),
    Scenarios: { Scenario: scenarios(publicUrl, auth) },
  };
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ Crm: crm })}`;
}
