import type { ConnectorContact, Receipt } from '../connector.ts';
import { ConnectorFailure, type FailureOutcome } from '../failure.ts';
import type { ReportTrace } from '../template/run.ts';
import type { FailureTrace, Trace } from '../template/trace.ts';

/** What decides, of several failures: what may have been done must not be done again, and what can be tried again is. */
const weight: FailureOutcome[] = ['unknown', 'unavailable', 'refused'];

/** Makes one failure of those of a run; null where there is none. */
export function failureOf(failures: FailureTrace[]): ConnectorFailure | null {
  const outcome = weight.find((one) => failures.some((failure) => failure.outcome === one));
  if (!outcome) return null;
  const deciding = failures.filter((failure) => failure.outcome === outcome);
  const waits = deciding.map(({ retryAfterMs }) => retryAfterMs).filter((wait) => wait !== null);
  const reason = deciding[0]?.message ?? '';
  const message =
    outcome === 'unknown' ? `The CRM may have taken it, so look there before sending it again. ${reason}` : reason;
  return new ConnectorFailure(outcome, message.slice(0, 900), waits.length > 0 ? Math.max(...waits) : null);
}

/** Why nobody can be told to be unknown: a CRM that answered "not found" has answered. */
export const lookupFailure = ({ failures }: Trace): ConnectorFailure | null =>
  failureOf(failures.filter(({ status }) => status !== 404));

/** Throws the failure of what was sent to be created, if there is one. */
export function writeFailure({ failures, told }: Trace): ConnectorFailure | null {
  const writes = failures.filter(({ method }) => method === 'POST');
  return failureOf(writes.length > 0 || told > 0 ? writes : failures.filter(({ status }) => status !== 404));
}

/** How a report ended. Throws a `ConnectorFailure`, unless the CRM took it or the template has nothing to tell. */
export function receiptOf(trace: ReportTrace, contact: ConnectorContact | null): Receipt {
  const failure = writeFailure(trace);
  if (failure) throw failure;
  if (trace.told === 0) return notReported(reasonToBeSilent(trace));
  return {
    remoteId: trace.outputs.EntityId || contact?.id || null,
    remoteUrl: webAddress(trace.outputs.ContactUrl) ?? contact?.entityUrl ?? null,
    message: contact
      ? 'Reported to the CRM, with the contact.'
      : 'Reported to the CRM; it knows nobody by this number.',
  };
}

export const notReported = (message: string): Receipt => ({ remoteId: null, remoteUrl: null, message });

const webAddress = (url: string | undefined) => (url && /^https?:\/\//i.test(url) ? url : null);

function reasonToBeSilent({ steps }: Trace): string {
  const empty = steps.find(({ outcome }) => outcome === 'empty');
  if (empty) return `Nothing was reported: "${empty.scenario}" found no record.`;
  return 'Nothing was reported: the template leaves this one out (SkipIf).';
}
