import { parseTemplate } from '../../src/connectors/template/parse.ts';
import type { CallReport, ChatReport } from '../../src/connectors/template/report.ts';
import { openTemplate } from '../../src/connectors/template/run.ts';
import type { TemplateSetup } from '../../src/connectors/template/session.ts';
import type { Send } from '../../src/outgoing/send.ts';

export interface PbxOptions {
  xml: string;
  parameters: TemplateSetup['parameters'];
  send: Send;
  now?: () => Date;
  unknownVariables?: TemplateSetup['unknownVariables'];
}

/** A phone system that has been given a template and its parameters, and works as a 3CX does. */
export function plugIn({ xml, parameters, send, now = () => new Date(), unknownVariables = 'empty' }: PbxOptions) {
  const template = parseTemplate(xml);
  const crm = openTemplate(template, { parameters, send, now, unknownVariables });
  return {
    template,
    crm,
    /** The phone rings: what pops up, or null. */
    ring: async (number: string, direction: 'Inbound' | 'Outbound' = 'Inbound') =>
      (await crm.lookupByNumber(number, direction)).contacts[0] ?? null,
    /** A call from ringing to the report after its end. */
    call: async (report: Omit<CallReport, 'contact'>) => {
      const direction = report.callType === 'Inbound' || report.callType === 'Missed' ? 'Inbound' : 'Outbound';
      const contact = (await crm.lookupByNumber(report.number, direction)).contacts[0] ?? null;
      return { contact, trace: await crm.reportCall({ ...report, contact }) };
    },
    chat: (report: ChatReport) => crm.reportChat(report),
  };
}

export type Pbx = ReturnType<typeof plugIn>;

/** Sends what a phone system sends over the network, or to a server under test within this process. */
export const sendThrough =
  (fetch: (request: Request) => Response | Promise<Response>): Send =>
  async ({ method, url, headers, body }) => {
    const response = await fetch(new Request(url, { method, headers, body }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };

/** A template with another form of number, as an administrator might choose it. */
export const withNumber = (xml: string, prefix: 'AsIs' | 'Off' | 'Plus' | 'Zeros', maxLength = '') =>
  xml.replace(/<Number [^>]*>/, `<Number Prefix="${prefix}" MaxLength="${maxLength}"/>`);
