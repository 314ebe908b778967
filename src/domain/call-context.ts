import { v7 as uuid } from 'uuid';
import { readPhoneNumber } from '../phone-number.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { CallDirection, SegmentDnType, StartTimeReference } from '../store/prisma/enums.ts';
import type { CallContextModel, PhoneCallModel } from '../store/prisma/models.ts';
import { type Announced, chooseCall, chooseContexts, contextWindow } from './belonging.ts';
import type { Customer } from './customer.ts';
import { asColumns, insertRow, later } from './row.ts';
import { wholeSecond } from './time.ts';
import { inTransaction, type Transaction } from './transaction.ts';

export type CallContext = CallContextModel;

export interface UpsertCallContextInput {
  direction: Exclude<CallDirection, 'INTERNAL'>;
  numberFrom?: string | null | undefined;
  numberTo?: string | null | undefined;
  source?: string | null | undefined;
  startTime?: Date | null | undefined;
  startTimeReference?: StartTimeReference | null | undefined;
  segmentDnType?: SegmentDnType | null | undefined;
  contextData?: { key: string; value?: unknown }[] | null | undefined;
}

/** How far apart the times of two reports of one context may lie, in either direction. */
const sameContext = "interval '2 minutes'";

/**
 * Saves what is known while a call runs. A report that says the same direction, external number, time reference and
 * kind of leg within two minutes updates the context that is there: data is merged by key, the later wins. A context
 * that arrives after its call was logged is attached to the call at once.
 */
export async function upsertCallContext(customer: Customer, input: UpsertCallContextInput) {
  const report = readReport(customer, input);
  return inTransaction(customer, [[report.numberExternal]], async (rows) => {
    const [same] = await rows.rows(
      findSame,
      report.direction,
      report.numberExternal,
      report.startTimeReference,
      report.segmentDnType,
      report.anchorTime,
      report.startTime !== null,
    );
    const [callContext] = same
      ? await rows.rows(mergeContext, same.id, asColumns(report))
      : await rows.rows(insertContext, asColumns({ ...report, id: uuid(), createdAt: report.updatedAt }));
    const saved = callContext as CallContext;
    rows.happened('callContextUpserted', saved.id);
    const phoneCallId = saved.phoneCallId ?? (await lateCall(rows, saved))?.id;
    if (!phoneCallId) return { callContext: saved, created: !same };
    await consume(rows, [saved], phoneCallId);
    await settleCall(rows, phoneCallId, customer.now());
    return { callContext: { ...saved, phoneCallId }, created: !same };
  });
}

/**
 * Gives a logged call the contexts that belong to it; answers the call with them. A call-level context stays with the
 * call that has it; a segment moves here from a call that is farther away.
 */
export async function attachContexts(rows: Transaction, call: PhoneCallModel, now: Date): Promise<PhoneCallModel> {
  const mine = await contextsOf(rows, call);
  if (mine.length === 0) return call;
  await consume(rows, mine, call.id);
  const formerly = new Set(mine.map((context) => context.phoneCallId));
  for (const id of formerly) if (id && id !== call.id) await settleCall(rows, id, now);
  return settleCall(rows, call.id, now, call.updatedAt.getTime() === call.createdAt.getTime());
}

async function contextsOf(rows: CustomerRows, call: PhoneCallModel): Promise<CallContext[]> {
  const { from, to } = contextWindow(call);
  const near = await rows.rows(findNear, call.direction, call.numberExternal, from, to);
  if (near.length === 0) return [];
  const takenBy = near.map((context) => context.phoneCallId).filter((id) => id !== null);
  const calls = await rows.rows(findCalls, call.direction, call.numberExternal, from, to, [call.id, ...takenBy]);
  const [itself, others] = [calls.filter(({ id }) => id === call.id), calls.filter(({ id }) => id !== call.id)];
  return itself.flatMap((known) => chooseContexts(known, near, others));
}

function readReport(customer: Customer, input: UpsertCallContextInput) {
  const now = customer.now();
  const startTime = wholeSecond(input.startTime);
  const read = (text: string | null | undefined) =>
    text ? readPhoneNumber(text, customer.defaultCountry).canonical : null;
  const external = input.direction === 'INBOUND' ? input.numberFrom : input.numberTo;
  return {
    direction: input.direction,
    numberFrom: read(input.numberFrom),
    numberTo: read(input.numberTo),
    numberExternal: read(external) ?? 'anonymous',
    numbersSent: { numberFrom: input.numberFrom, numberTo: input.numberTo },
    source: input.source ?? null,
    startTime,
    startTimeReference: input.startTimeReference ?? 'CALL',
    segmentDnType: input.segmentDnType ?? null,
    contextData: Object.fromEntries((input.contextData ?? []).map(({ key, value }) => [key, value ?? null])),
    anchorTime: startTime ?? now,
    updatedAt: now,
  };
}

/** The logged call that a late context belongs to; a segment stays open for a nearer call that is only announced. */
async function lateCall(rows: CustomerRows, context: CallContext): Promise<PhoneCallModel | null> {
  const calls = await rows.rows(findCallsAround, context.direction, context.numberExternal, context.anchorTime);
  const call = chooseCall(context, calls);
  if (!call || context.startTimeReference === 'CALL') return call;
  const mine = await contextsOf(rows, call);
  return mine.some(({ id }) => id === context.id) ? call : null;
}

const consume = (rows: CustomerRows, contexts: CallContext[], phoneCallId: string) =>
  rows.rows(
    markConsumed,
    contexts.map(({ id }) => id),
    phoneCallId,
  );

/** Rebuilds what a call shows of its contexts, from the contexts themselves. For one that is just being logged, that is no change. */
async function settleCall(rows: Transaction, phoneCallId: string, now: Date, isNew = false): Promise<PhoneCallModel> {
  if (!isNew) rows.happened('phoneCallUpdated', phoneCallId);
  await rows.rows(removeSegments, phoneCallId);
  await rows.rows(insertSegments, phoneCallId);
  const [call] = await rows.rows(describeCall, phoneCallId, now, isNew);
  return call as PhoneCallModel;
}

/**
 * The context that a report repeats. One that a call has consumed still takes reports of times before the call's end,
 * but a later one is about the next call. That end is counted from the context's own time, as the call's may come from
 * another clock. Without a time, only a context that is still open can be meant.
 */
const findSame = statement<CallContext>(`
  SELECT context.* FROM call_contexts AS context
  LEFT JOIN phone_calls AS call ON call.customer_id = $1 AND call.id = context.phone_call_id
  WHERE context.customer_id = $1 AND context.direction = $2::call_direction AND context.number_external = $3
    AND context.start_time_reference = $4::start_time_reference
    AND context.segment_dn_type IS NOT DISTINCT FROM $5::segment_dn_type
    AND context.anchor_time BETWEEN $6::timestamptz - ${sameContext} AND $6::timestamptz + ${sameContext}
    AND (context.phone_call_id IS NULL OR ($7::boolean AND context.anchor_time + coalesce(
      call.end_time - call.start_time, make_interval(secs => call.duration_seconds), call.created_at - context.anchor_time
    ) >= $6))
  ORDER BY abs(extract(epoch FROM context.anchor_time - $6)), context.anchor_time DESC
  LIMIT 1`);

const insertContext = statement<CallContext>(insertRow('call_contexts'));

const mergeContext = statement<CallContext>(`
  UPDATE call_contexts AS kept
  SET context_data = kept.context_data || sent.context_data,
    number_from = coalesce(sent.number_from, kept.number_from), number_to = coalesce(sent.number_to, kept.number_to),
    numbers_sent = kept.numbers_sent || sent.numbers_sent, source = coalesce(sent.source, kept.source),
    start_time = coalesce(kept.start_time, sent.start_time), updated_at = ${later('kept.updated_at', 'sent.updated_at')}
  FROM jsonb_populate_record(null::call_contexts, $3::jsonb) AS sent
  WHERE kept.customer_id = $1 AND kept.id = $2
  RETURNING kept.*`);

/** The contexts that can belong to a call, as SQL. */
export const nearContexts = (direction: string, number: string, from: string, to: string) => `
  SELECT * FROM call_contexts
  WHERE customer_id = $1 AND direction = ${direction} AND number_external = ${number}
    AND anchor_time BETWEEN ${from} AND ${to} AND (phone_call_id IS NULL OR start_time_reference = 'SEGMENT')`;

const findNear = statement<CallContext>(`
  ${nearContexts('$2::call_direction', '$3', '$4', '$5')} ORDER BY anchor_time, id`);

const announcedCalls = (condition: string) => `
  SELECT call.*, context.start_time AS context_start
  FROM phone_calls AS call
  LEFT JOIN call_contexts AS context ON context.customer_id = $1 AND context.id = call.call_context_id
  WHERE call.customer_id = $1 AND call.direction = $2::call_direction AND call.number_external = $3 AND ${condition}`;

/** Those of a time; two questions, as one with an OR would go through all calls of a withheld number. */
const announcedWithin = (span: string) => `
  ${announcedCalls(`call.start_time BETWEEN ${span}`)}
  UNION ALL
  ${announcedCalls(`call.start_time IS NULL AND call.created_at BETWEEN ${span}`)}`;

const findCalls = statement<Announced<PhoneCallModel>>(`
  ${announcedWithin('$4 AND $5')}
  UNION ALL
  ${announcedCalls('call.id = ANY($6::uuid[]) AND coalesce(call.start_time, call.created_at) NOT BETWEEN $4 AND $5')}`);

const findCallsAround = statement<Announced<PhoneCallModel>>(`
  SELECT * FROM (
    ${announcedWithin(`$4::timestamptz - interval '1 day' AND $4::timestamptz + interval '1 day'`)}
  ) AS call
  ORDER BY abs(extract(epoch FROM coalesce(call.start_time, call.created_at) - $4))
  LIMIT 100`);

const markConsumed = statement<never>(
  'UPDATE call_contexts SET phone_call_id = $3 WHERE customer_id = $1 AND id = ANY($2::uuid[])',
);

const removeSegments = statement<never>('DELETE FROM call_segments WHERE customer_id = $1 AND phone_call_id = $2');

/** A segment lasts until the next one begins, the last one until the call ends; who answered the last one answered. */
const insertSegments = statement<never>(`
  INSERT INTO call_segments (customer_id, id, phone_call_id, "order", dn_type, dn, answered, start_time, end_time)
  SELECT $1, context.id, call.id, row_number() OVER leg, coalesce(context.segment_dn_type, 'EXTENSION'),
    CASE call.direction WHEN 'INBOUND' THEN context.number_to ELSE context.number_from END,
    call.answered AND lead(context.id) OVER leg IS NULL,
    date_trunc('second', context.anchor_time),
    coalesce(date_trunc('second', lead(context.anchor_time) OVER leg), call.end_time)
  FROM call_contexts AS context
  JOIN phone_calls AS call ON call.customer_id = $1 AND call.id = context.phone_call_id
  WHERE context.customer_id = $1 AND context.phone_call_id = $2 AND context.start_time_reference = 'SEGMENT'
  WINDOW leg AS (ORDER BY context.anchor_time, context.id)`);

/** Keys of the call-level context win over those of segments, and a later segment's over an earlier one's. */
const describeCall = statement<PhoneCallModel>(`
  UPDATE phone_calls AS call
  SET call_context_id = known.call_context_id, context_data = known.context_data,
    updated_at = CASE WHEN $4::boolean THEN call.updated_at ELSE ${later('call.updated_at', '$3::timestamptz')} END,
    number_did = coalesce(call.number_did, CASE call.direction WHEN 'INBOUND' THEN known.number_to END)
  FROM (
    SELECT
      (array_agg(id) FILTER (WHERE start_time_reference = 'CALL'))[1] AS call_context_id,
      (array_agg(number_to ORDER BY number_to IS NULL, start_time_reference, anchor_time, id))[1] AS number_to,
      (SELECT jsonb_object_agg(key, value ORDER BY reference DESC, anchor_time, id) FROM (
        SELECT entry.key, entry.value, inner_context.start_time_reference AS reference, inner_context.anchor_time, inner_context.id
        FROM call_contexts AS inner_context, jsonb_each(inner_context.context_data) AS entry
        WHERE inner_context.customer_id = $1 AND inner_context.phone_call_id = $2
      ) AS entries) AS context_data
    FROM call_contexts WHERE customer_id = $1 AND phone_call_id = $2
  ) AS known
  WHERE call.customer_id = $1 AND call.id = $2
  RETURNING call.*`);
