import { LRUCache } from 'lru-cache';
import type { ContactQuery, MatchKind } from '../connector.ts';
import type { OpenTemplate } from '../template/run.ts';
import type { CrmTemplate } from '../template/template.ts';
import type { HitTrace, Trace } from '../template/trace.ts';
import { type FoundContact, ranked, readContact } from './contact.ts';
import { lookupFailure } from './outcome.ts';

export interface Matched {
  kind: MatchKind;
  /** Best first. */
  found: FoundContact[];
}

/** Somebody in the CRM, and how that was found out. */
export interface Lookup {
  matched: Matched | null;
  traces: Trace[];
  /** Whether a number or email could be asked for at all. */
  asked: boolean;
}

export interface Lookups {
  /** Asks by each form of the number, then by email, until somebody is found. Never rejects because of the CRM. */
  look(query: ContactQuery, signal?: AbortSignal): Promise<Lookup>;
  /** The same, where an answer is needed. Throws a `ConnectorFailure` where nobody was found because something failed. */
  find(query: ContactQuery, signal?: AbortSignal): Promise<Matched | null>;
  /** Who was last found, or created, under a number or email; a report after the call needs no second lookup. */
  recent(query: ContactQuery): Matched | null;
  remember(query: ContactQuery, matched: Matched): void;
}

/** How many callers are remembered, and how long: longer than most calls. */
const memory = { max: 2000, ttl: 2 * 3600_000 };

export function openLookups(crm: OpenTemplate, template: CrmTemplate, country: string): Lookups {
  const known = new LRUCache<string, Matched>(memory);
  const can = capabilities(template);
  const look = async ({ phone, email }: ContactQuery, signal?: AbortSignal): Promise<Lookup> => {
    const traces: Trace[] = [];
    const ask = async (asking: Promise<Trace>, judged: (hits: HitTrace[]) => Matched | null) => {
      const trace = await asking;
      traces.push(trace);
      return judged(trace.hits);
    };
    for (const number of can.number ? formsOf(phone, crm) : []) {
      const matched = await ask(crm.lookupByNumber(number, 'Inbound', signal), (hits) => best(hits, phone, country));
      if (matched) return { matched, traces, asked: true };
      if (traces.some(lookupFailure)) return { matched: null, traces, asked: true };
    }
    const matched =
      email && can.email
        ? await ask(crm.lookupByEmail(email, signal), (hits) => withEmail(best(hits, null, country), email))
        : null;
    return { matched, traces, asked: traces.length > 0 };
  };
  const remember = (query: ContactQuery, matched: Matched) => {
    for (const key of keysOf(query)) known.set(key, matched);
  };
  return {
    look,
    remember,
    recent: (query) =>
      keysOf(query)
        .map((key) => known.get(key))
        .find((matched) => matched !== undefined) ?? null,
    find: async (query, signal) => {
      const { matched, traces } = await look(query, signal);
      if (matched) remember(query, matched);
      const failure = matched ? null : traces.map(lookupFailure).find((one) => one !== null);
      if (failure) throw failure;
      return matched;
    },
  };
}

/** What a template can do, by the scenarios that it has. */
export function capabilities({ scenarios }: CrmTemplate) {
  const ids = scenarios.map(({ id }) => id.toLowerCase());
  return {
    number: ids.includes(''),
    email: ids.some((id) => id.startsWith('lookupbyemail')),
    create: ids.includes('createcontactrecord'),
    createFromClient: ids.includes('createcontactrecordfromclient'),
    call: ids.includes('reportcall'),
    chat: ids.includes('reportchat'),
  };
}

/** What a CRM may know a number by: in E.164 first, then as it arrived. Forms that the template sends alike stand once. */
function formsOf(phone: ContactQuery['phone'], crm: OpenTemplate): string[] {
  if (!phone) return [];
  const told = [phone.international, phone.national, phone.extension, phone.sent];
  const forms = told.filter((form): form is string => !!form);
  const sent = forms.map((form) => crm.formatNumber(form));
  return forms.filter((_, index) => sent.indexOf(sent[index] as string) === index);
}

/** What can be answered of the hits that a phone system would keep; why not is put down with the others. */
function best(hits: HitTrace[], phone: ContactQuery['phone'], country: string): Matched | null {
  const found: FoundContact[] = [];
  for (const hit of hits.filter(({ dropped }) => dropped === null)) {
    const read = readContact(hit.contact, country);
    if (typeof read === 'string') hit.dropped = read;
    else found.push(read);
  }
  return found.length > 0 ? ranked(found, phone) : null;
}

/** Some CRMs search their emails by parts of them; whoever has exactly this one is meant. */
function withEmail(matched: Matched | null, email: string): Matched | null {
  const wanted = email.trim().toLowerCase();
  const exact = matched?.found.filter(({ contact }) => contact.email?.toLowerCase() === wanted) ?? [];
  return matched && exact.length > 0 ? { ...matched, found: exact } : matched;
}

const keysOf = ({ phone, email }: ContactQuery): string[] =>
  [...(phone ? [phone.international, phone.national, phone.suffix, phone.extension] : []), email?.toLowerCase()].filter(
    (key) => typeof key === 'string',
  );
