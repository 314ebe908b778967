import type { OutgoingResponse } from '../../outgoing/send.ts';
import { type Authorization, openAuthorization } from './authorization.ts';
import { type Contact, reasonToDrop } from './contacts.ts';
import { longestNumber, numberToSend } from './number.ts';
import { type CallDirection, type CallReport, type ChatReport, callVariables, chatVariables } from './report.ts';
import { type Delivery, sameId } from './scenario.ts';
import type { Scope } from './scope.ts';
import { openSession, type Session, type TemplateSetup } from './session.ts';
import type { CrmTemplate, Scenario } from './template.ts';
import type { Recorder, Trace } from './trace.ts';

export interface NewContactFields {
  number?: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  companyName?: string;
  callDirection?: CallDirection;
  agent?: string;
}

export type CallFlowLookup = 'LookupNumber' | 'LookupID' | 'LookupFreeQuery';

/** A call flow gets the answers as they are, because it reads them itself. */
export interface CallFlowTrace extends Trace {
  answers: unknown[];
}

/** What the CRM said of a report, by the outputs of the last scenario of its chain, where that has any. */
export interface ReportTrace extends Trace {
  outputs: Contact;
}

/** What earlier attempts at one report have written; a further attempt goes on from there. */
export type Progress = Map<string, OutgoingResponse>;

export interface ReportOptions {
  progress?: Progress;
  signal?: AbortSignal | undefined;
}

/** A CRM as its template describes it. Nothing rejects because of what a CRM does: the trace tells it. */
export interface OpenTemplate extends Authorization {
  /** A number as the template wants it sent. */
  formatNumber(number: string): string;
  lookupByNumber(number: string, callDirection?: CallDirection, signal?: AbortSignal): Promise<Trace>;
  lookupByEmail(email: string, signal?: AbortSignal): Promise<Trace>;
  searchContacts(text: string): Promise<Trace>;
  createContact(fields: NewContactFields, fromClient?: boolean, signal?: AbortSignal): Promise<Trace>;
  reportCall(report: CallReport, options?: ReportOptions): Promise<ReportTrace>;
  reportChat(report: ChatReport, options?: ReportOptions): Promise<ReportTrace>;
  lookupFromCallFlow(entity: string, kind: CallFlowLookup, text: string): Promise<CallFlowTrace>;
}

/** Sets a template to work as a phone system does. It keeps a login between calls, so open it once for each CRM. */
export function openTemplate(template: CrmTemplate, setup: TemplateSetup): OpenTemplate {
  const session = openSession(template, setup);
  const { timeZone = 'UTC' } = setup;
  const numbered = (number: string) => (scope: Scope) => ({ Number: numberToSend(template, number, scope) });
  return {
    ...openAuthorization(session),
    formatNumber: (number) => numberToSend(template, number, session.scope()),
    lookupByNumber: (number, callDirection = 'Inbound', signal = undefined) =>
      session.run(named(template, ''), (scope) => ({ ...numbered(number)(scope), CallDirection: callDirection }), {
        deliver: (deliveries, trace, scope) =>
          judge(deliveries, trace, { number, longest: longestNumber(template, scope) }),
        signal,
      }),
    lookupByEmail: (email, signal) =>
      session.run(beginning(template, 'LookupByEmail'), () => ({ Email: email }), { deliver: judgeAny, signal }),
    searchContacts: (text) =>
      session.run(beginning(template, 'SearchContacts'), () => ({ SearchText: text }), { deliver: judgeAny }),
    createContact: (fields, fromClient = false, signal = undefined) =>
      createContact(session, fields, fromClient, signal),
    reportCall: (given, options) =>
      report(session, 'ReportCall', options, (scope) => ({
        ...callVariables(given, timeZone),
        ...numbered(given.number)(scope),
      })),
    reportChat: (given, options) =>
      report(session, 'ReportChat', options, (scope) => ({
        ...chatVariables(given, timeZone, template.supportsEmojis),
        ...numbered(given.number ?? '')(scope),
      })),
    lookupFromCallFlow: async (entity, kind, text) => {
      const answers: unknown[] = [];
      const trace = await session.run(
        named(template, `LookupFromCFD_${entity}_${kind}`),
        (scope) => callFlowVariables(kind, text, numbered(text)(scope).Number),
        {
          deliver: (deliveries) =>
            answers.push(...new Set(deliveries.filter(({ found }) => found).map(({ content }) => content))),
        },
      );
      return { ...trace, answers };
    },
  };
}

const named = ({ scenarios }: CrmTemplate, id: string) => scenarios.filter((scenario) => sameId(scenario.id, id));

/** All scenarios whose id begins so, but for those that only go on from another. */
function beginning({ scenarios }: CrmTemplate, prefix: string): Scenario[] {
  const following = new Set(scenarios.map(({ next }) => next.toLowerCase()));
  return scenarios.filter(({ id }) => {
    const key = id.toLowerCase();
    return key.startsWith(prefix.toLowerCase()) && !following.has(key);
  });
}

async function report(
  session: Session,
  id: string,
  { progress = new Map(), signal }: ReportOptions = {},
  variables: Parameters<Session['run']>[1],
): Promise<ReportTrace> {
  let outputs: Contact = {};
  const deliver = (deliveries: Delivery[]) => {
    outputs = deliveries.findLast(({ found }) => found)?.outputs ?? {};
  };
  return {
    ...(await session.run(named(session.template, id), variables, { deliver, done: progress, signal })),
    outputs,
  };
}

function judge(deliveries: Delivery[], trace: Recorder, search: Parameters<typeof reasonToDrop>[1]): void {
  for (const { scenario, outputs } of deliveries) {
    const contact: Contact = outputs;
    trace.hits.push({ scenario, contact, dropped: reasonToDrop(contact, search) });
  }
}

const judgeAny = (deliveries: Delivery[], trace: Recorder) => judge(deliveries, trace, { number: null, longest: null });

function createContact(
  session: Session,
  fields: NewContactFields,
  fromClient: boolean,
  signal: AbortSignal | undefined,
): Promise<Trace> {
  const { template } = session;
  const { number = '', firstName = '', lastName = '', email = '', companyName = '', agent = '' } = fields;
  return session.run(
    named(template, fromClient ? 'CreateContactRecordFromClient' : 'CreateContactRecord'),
    (scope) => ({
      Number: numberToSend(template, number, scope),
      FirstName: firstName,
      LastName: lastName,
      Name: [firstName, lastName].filter(Boolean).join(' '),
      Email: email,
      CompanyName: companyName,
      CallDirection: fields.callDirection ?? 'Inbound',
      Agent: agent,
      // Settings of a phone system for new contacts, where they are not among the parameters.
      ...(!scope.find('CreateContactName') && { CreateContactName: [firstName, lastName].filter(Boolean).join(' ') }),
      ...(!scope.find('CreateOnCallDirection') && { CreateOnCallDirection: '' }),
    }),
    { deliver: judgeAny, done: new Map(), signal },
  );
}

function callFlowVariables(kind: CallFlowLookup, text: string, number: string): Record<string, string> {
  if (kind === 'LookupNumber') return { Number: number };
  return kind === 'LookupID' ? { EntityId: text } : { Query: text };
}
