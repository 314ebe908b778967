import { limits } from '../limits.ts';
import { isStorable } from '../storable.ts';
import { scalar } from './fields.ts';
import type { RawInput } from './input.ts';
import { callDirections, callStatuses } from './legacy.ts';
import type {
  ListPhoneCallsQueryVariables,
  PhoneCallFilter,
  PhoneCallOrder,
  PhoneCallOrderField,
} from './lookup.generated.ts';
import { invalidQuery } from './refusal.ts';
import { readBoolean, readTimeRange } from './values.ts';

/** One entry a filter: from the text of the query to a condition, or undefined for a value that means nothing. */
const filters = {
  direction: (text: string) => listed(text, callDirections, (direction) => ({ direction })),
  status: (text: string) => listed(text, callStatuses, (status) => ({ status })),
  answered: (text: string) => either(text, (value) => pick(readBoolean(value), (answered) => ({ answered }))),
  number_from: (text: string) => bounded(text, limits.phoneNumber, (numberFrom) => ({ numberFrom })),
  number_to: (text: string) => bounded(text, limits.phoneNumber, (numberTo) => ({ numberTo })),
  number_did: (text: string) => bounded(text, limits.phoneNumber, (numberDid) => ({ numberDid })),
  start_time: (text: string) => pick(readTimeRange(text), (startTime) => ({ startTime })),
  end_time: (text: string) => pick(readTimeRange(text), (endTime) => ({ endTime })),
  agent_email: (text: string) => bounded(text, limits.email, (agentEmail) => ({ agentEmail })),
  subject: (text: string) => either(text, (subject) => ({ subject })),
} satisfies Record<string, (text: string) => PhoneCallFilter | undefined>;

export type FilterName = keyof typeof filters;

export const filterNames = Object.keys(filters) as FilterName[];

const sorts: Record<string, PhoneCallOrderField> = {
  start_time: 'START_TIME',
  end_time: 'END_TIME',
  created_at: 'CREATED_AT',
  updated_at: 'UPDATED_AT',
};

export const sortNames = Object.keys(sorts);

export const includeNames = ['segments', 'logs'];

export interface Paging {
  page: number;
  perPage: number;
}

/** Which calls, in which order, and which page of them. Throws `invalid_query`. */
export function listPhoneCalls(query: RawInput): ListPhoneCallsQueryVariables {
  const { page, perPage } = readPaging(query);
  const cursor = readCursor(query);
  const included = names(query.include, 'include', 'are', includeNames);
  return {
    filter: readFilter(query.filter),
    orderBy: readSort(query.sort),
    first: perPage,
    ...(cursor === undefined ? { offset: Math.min((page - 1) * perPage, limits.offset) } : { after: cursor }),
    counted: cursor === undefined,
    segments: included.includes('segments'),
    logs: included.includes('logs'),
  };
}

/** A page or size that is not a positive integer means the default. */
export function readPaging(query: RawInput): Paging {
  const positive = (value: unknown) => {
    const text = scalar(value) ?? '';
    return /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
  };
  return {
    page: positive(query.page) ?? 1,
    perPage: Math.min(positive(query.per_page) ?? limits.defaultPageSize, limits.pageSize),
  };
}

/** Behind which call a page begins: null for the first page, undefined where pages are numbered. */
export function readCursor(query: RawInput): string | null | undefined {
  if (!('cursor' in query)) return undefined;
  const text = scalar(query.cursor);
  if (text === null) throw invalidQuery('The cursor is invalid.');
  return text ?? null;
}

/** Which calls the `filter[…]` of a query means; all of them without one. Throws `invalid_query`. */
export function readFilter(raw: unknown): PhoneCallFilter | undefined {
  if (raw === undefined || scalar(raw) === undefined) return undefined;
  const asked = typeof raw === 'object' && raw !== null ? Object.entries(raw) : [[String(raw), undefined] as const];
  const unknown = asked.map(([name]) => name).filter((name) => !Object.hasOwn(filters, name));
  if (unknown.length > 0) throw notAllowed('filter', 'are', unknown, filterNames);
  const conditions = asked.flatMap(([name, value]) => {
    const text = scalar(value);
    if (text === undefined) return [];
    const usable = text !== null && isStorable(text) && withinLimits(text);
    const condition = usable ? filters[name as FilterName](text ?? '') : undefined;
    if (!condition) throw invalidQuery(`The selected ${name.replaceAll('_', ' ')} is invalid.`);
    return [condition];
  });
  return conditions.length > 0 ? { and: conditions } : undefined;
}

const withinLimits = (text: string) =>
  values(text).length <= limits.filterValues && values(text).every((value) => value.length <= limits.shortText);

/** In which order; a field that is named again puts nothing more in order. Throws `invalid_query`. */
export function readSort(raw: unknown): Required<PhoneCallOrder>[] {
  const sorted = names(raw, 'sort', 'is', sortNames, '-').map(
    (name): Required<PhoneCallOrder> => ({
      field: sorts[name.replace(/^-/, '')] as PhoneCallOrderField,
      direction: name.startsWith('-') ? 'DESC' : 'ASC',
    }),
  );
  return sorted.filter(({ field }, index) => sorted.findIndex((order) => order.field === field) === index);
}

/** The names of a comma list, all of which must be allowed. */
function names(raw: unknown, kind: string, verb: string, allowed: string[], prefix = ''): string[] {
  const text = scalar(raw);
  if (text === null) throw notAllowed(kind, verb, ['[]'], allowed);
  const asked = values(text ?? '');
  const bare = (name: string) => (prefix && name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const unknown = asked.filter((name) => !allowed.includes(bare(name)));
  if (unknown.length > 0) throw notAllowed(kind, verb, unknown.map(bare), allowed);
  return asked;
}

const notAllowed = (kind: string, verb: string, unknown: string[], allowed: string[]) =>
  invalidQuery(
    `Requested ${kind}(s) \`${unknown.map(printable).join(', ')}\` ${verb} not allowed. Allowed ${kind}(s) are \`${allowed.join(', ')}\`.`,
  );

const printable = (name: string) => name.slice(0, limits.shortText).toWellFormed();

/** A comma means OR. */
const values = (text: string): string[] =>
  text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

function listed<Choice>(
  text: string,
  choices: Record<string, Choice>,
  condition: (chosen: Choice[]) => PhoneCallFilter,
) {
  const chosen = values(text).map((value) =>
    Object.hasOwn(choices, value.toLowerCase()) ? choices[value.toLowerCase()] : undefined,
  );
  return chosen.every((choice) => choice !== undefined) && chosen.length > 0
    ? condition(chosen as Choice[])
    : undefined;
}

function bounded(text: string, maximum: number, condition: (wanted: string[]) => PhoneCallFilter) {
  const wanted = values(text);
  return wanted.length > 0 && wanted.every((value) => value.length <= maximum) ? condition(wanted) : undefined;
}

function either(text: string, condition: (value: string) => PhoneCallFilter | undefined): PhoneCallFilter | undefined {
  const conditions = values(text).map(condition);
  if (conditions.length === 0 || conditions.some((one) => one === undefined)) return undefined;
  return conditions.length === 1 ? conditions[0] : { or: conditions as PhoneCallFilter[] };
}

const pick = <Value>(value: Value | undefined, condition: (value: Value) => PhoneCallFilter) =>
  value === undefined ? undefined : condition(value);
