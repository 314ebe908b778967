import { LRUCache } from 'lru-cache';
import { limits } from '../limits.ts';
import type {
  Connector,
  ConnectorAuthorization,
  ConnectorKind,
  ConnectorSetup,
  ConnectorTrace,
  ContactHits,
} from './connector.ts';
import { ConnectorFailure } from './failure.ts';
import { type OpenTemplate, openTemplate, type Progress } from './template/run.ts';
import { type TemplateConfiguration, templateConfiguration } from './three-cx/configuration.ts';
import { openCreation } from './three-cx/create.ts';
import { templateForm } from './three-cx/form.ts';
import { capabilities, type Lookup, type Matched, openLookups } from './three-cx/lookup.ts';
import { failureOf, notReported, receiptOf } from './three-cx/outcome.ts';
import { partyOf } from './three-cx/party.ts';
import { callReport, chatReport } from './three-cx/report.ts';

/** Any CRM that a template for 3CX phone systems describes: the file is the template, the parameters are its own. */
export const threeCxTemplate: ConnectorKind<TemplateConfiguration> = {
  configuration: templateConfiguration,
  form: templateForm,
  connect,
};

/** How many reports that were left half done are remembered, and how long. */
const halfDone = { max: 5000, ttl: 24 * 3600_000 };

function connect(setup: ConnectorSetup, { template, parameters }: TemplateConfiguration): Connector {
  const { send, now, timeZone, country } = setup;
  const crm = openTemplate(template, { parameters, send, now, timeZone, unknownVariables: 'literal' });
  const lookups = openLookups(crm, template, country);
  const create = openCreation(crm, template, lookups, setup);
  const reports = new LRUCache<string, Progress>(halfDone);
  const progressOf = (id: string): Progress => {
    const progress = reports.get(id) ?? new Map();
    reports.set(id, progress);
    return progress;
  };
  const can = capabilities(template);
  return {
    maxConcurrentRequests: template.maxConcurrentRequests,
    ...((can.number || can.email) && {
      searchContacts: async (query, options) => answered(await lookups.find(query, options?.signal)),
      test: async (query) => told(await lookups.look(query)),
    }),
    ...((can.create || can.createFromClient) && {
      createContact: (contact, options) => create(contact, options?.signal),
    }),
    ...(can.call && {
      logPhoneCall: async (call, options) => {
        if (call.direction === 'INTERNAL') return notReported('Internal calls are not reported to a CRM.');
        const caller = { ...call, number: call.numberExternal, email: null, name: null };
        const party = await partyOf(caller, lookups, setup, options?.signal);
        const progress = progressOf(call.id);
        const trace = await crm.reportCall(callReport(call, party), { progress, signal: options?.signal });
        return receiptOf(trace, party.found?.contact ?? null);
      },
    }),
    ...(can.chat && {
      logChat: async (chat, options) => {
        const party = await partyOf({ ...chat, number: chat.numberExternal }, lookups, setup, options?.signal);
        const progress = progressOf(chat.id);
        const trace = await crm.reportChat(chatReport(chat, party), { progress, signal: options?.signal });
        return receiptOf(trace, party.found?.contact ?? null);
      },
    }),
    ...(template.parameters.some(({ type }) => /^oauth$/i.test(type)) && { authorization: authorization(crm) }),
  };
}

const answered = (matched: Matched | null): ContactHits | null =>
  matched && {
    kind: matched.kind,
    candidates: matched.found.length,
    contacts: matched.found.slice(0, limits.searchCandidates).map(({ contact }) => contact),
  };

/** What a lookup did, request by request. */
function told({ traces, asked }: Lookup): ConnectorTrace {
  const step = (scenario: string) => scenario || 'lookup by number';
  return {
    requests: traces.flatMap(({ requests }) =>
      requests.map(({ scenario, ...request }) => ({ step: step(scenario), ...request })),
    ),
    records: traces.flatMap(({ hits }) =>
      hits.map(({ scenario, contact, dropped }) => ({ step: step(scenario), fields: contact, dropped })),
    ),
    warnings: asked
      ? [...new Set(traces.flatMap(({ warnings }) => warnings))]
      : ['Nothing was asked: the template has no scenario for this, or the number cannot be looked up.'],
  };
}

const authorization = (crm: OpenTemplate): ConnectorAuthorization => ({
  url: (redirectUri, state) => crm.authorizeUrl(redirectUri, state),
  complete: async (code, state, redirectUri) => {
    const { granted, failures, warnings } = await crm.completeAuthorization(code, state, redirectUri);
    if (granted) return granted;
    throw failureOf(failures) ?? new ConnectorFailure('refused', warnings[0] ?? 'The CRM granted nothing.');
  },
});
