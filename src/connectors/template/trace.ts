import type { OutgoingRequest, OutgoingResponse } from '../../outgoing/send.ts';
import type { FailureOutcome } from '../failure.ts';
import type { Contact } from './contacts.ts';
import { legalUrl } from './request.ts';
import { escaped } from './scope.ts';

export interface RequestTrace extends OutgoingRequest {
  scenario: string;
  /** Null where nothing came back. */
  status: number | null;
  error: string | null;
}

export interface StepTrace {
  scenario: string;
  /** `failed`: the CRM did not answer, refused, or answered what cannot be read. */
  outcome: 'skipped' | 'found' | 'empty' | 'failed';
  records: number;
}

/** A request that failed, and what that means for sending it again. */
export interface FailureTrace {
  scenario: string;
  method: string;
  /** Null where nothing came back. */
  status: number | null;
  outcome: FailureOutcome;
  message: string;
  /** How long the CRM wants to be left alone, where it said so. */
  retryAfterMs: number | null;
}

export interface HitTrace {
  scenario: string;
  contact: Contact;
  /** Why the hit was dropped; null for an accepted one. */
  dropped: string | null;
}

/** What a run did, with every secret masked. */
export interface Trace {
  requests: RequestTrace[];
  steps: StepTrace[];
  failures: FailureTrace[];
  /** How many requests the CRM took for good: those that wrote, or ended a chain. */
  told: number;
  hits: HitTrace[];
  /** The accepted hits. */
  contacts: Contact[];
  /** Each once. */
  warnings: string[];
}

export interface Recorder {
  readonly warnings: Set<string>;
  readonly steps: StepTrace[];
  readonly hits: HitTrace[];
  readonly failures: FailureTrace[];
  told: number;
  exchange(scenario: string, request: OutgoingRequest, outcome: OutgoingResponse | Error): void;
  finish(): Trace;
}

const mask = '•••';

/** Records one run. Secrets are masked at its end, so that one learnt on the way is masked in what came before. */
export function startTrace(secrets: ReadonlySet<string>): Recorder {
  const requests: RequestTrace[] = [];
  const [steps, hits, warnings] = [[] as StepTrace[], [] as HitTrace[], new Set<string>()];
  const recorder: Recorder = {
    warnings,
    steps,
    hits,
    failures: [],
    told: 0,
    exchange: (scenario, request, outcome) => {
      const failed = outcome instanceof Error;
      requests.push({
        ...request,
        scenario,
        status: failed ? null : outcome.status,
        error: failed ? outcome.message : null,
      });
    },
    finish: () => {
      const masked = masker(secrets);
      return {
        requests: requests.map((request) => maskedRequest(request, masked)),
        steps,
        failures: recorder.failures.map((failure) => ({ ...failure, message: masked(failure.message) })),
        told: recorder.told,
        hits,
        contacts: hits.filter(({ dropped }) => dropped === null).map(({ contact }) => contact),
        warnings: [...warnings].map(masked),
      };
    },
  };
  return recorder;
}

function maskedRequest(request: RequestTrace, masked: (text: string) => string): RequestTrace {
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const [scheme] = name === 'authorization' ? (/^(basic|bearer) /i.exec(value) ?? ['']) : [''];
    return [name, name === 'authorization' ? scheme + mask : masked(value)];
  });
  return {
    ...request,
    url: masked(request.url),
    headers: Object.fromEntries(headers),
    body: request.body && masked(request.body),
    error: request.error && masked(request.error),
  };
}

/** Masks each secret in every way in which a request writes it. Shorter ones would tear up unrelated text. */
function masker(secrets: ReadonlySet<string>): (text: string) => string {
  const written = [...secrets]
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => {
      const form = new URLSearchParams([['', secret]]).toString().slice(1);
      return [
        secret,
        encodeURIComponent(secret.toWellFormed()),
        legalUrl(secret),
        escaped(secret),
        form,
        JSON.stringify(secret).slice(1, -1),
      ];
    });
  const longestFirst = [...new Set(written)].toSorted((one, other) => other.length - one.length);
  return (text) => longestFirst.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
}
