import { readPhoneNumber } from '../phone-number.ts';
import type { CallDirection } from '../store/prisma/enums.ts';

export interface SentNumbers {
  numberFrom?: string | null | undefined;
  numberTo?: string | null | undefined;
  numberExternal?: string | null | undefined;
  numberInternal?: string | null | undefined;
  numberDid?: string | null | undefined;
}

export interface CallNumbers {
  numberFrom: string;
  numberTo: string;
  numberExternal: string;
  numberInternal: string;
  numberDid: string | null;
  /** As they were sent, where they were sent. */
  numbersSent: Record<string, string>;
}

/**
 * The four numbers of a call, canonical. The pair that was not sent is derived from the direction: an outbound call
 * goes from the internal to the external number, any other the reverse.
 */
export function callNumbers(direction: CallDirection, sent: SentNumbers, country: string): CallNumbers {
  const outbound = direction === 'OUTBOUND';
  const external = sent.numberExternal ?? (outbound ? sent.numberTo : sent.numberFrom);
  const internal = sent.numberInternal ?? (outbound ? sent.numberFrom : sent.numberTo);
  const from = sent.numberFrom ?? (outbound ? internal : external);
  const to = sent.numberTo ?? (outbound ? external : internal);
  const canonical = (text: string | null | undefined) => readPhoneNumber(text ?? '', country).canonical;
  return {
    numberFrom: canonical(from),
    numberTo: canonical(to),
    numberExternal: canonical(external),
    numberInternal: canonical(internal),
    numberDid: sent.numberDid ? canonical(sent.numberDid) : null,
    numbersSent: sentOnly(sent),
  };
}

const sentOnly = ({ numberFrom, numberTo, numberExternal, numberInternal, numberDid }: SentNumbers) =>
  Object.fromEntries(
    Object.entries({ numberFrom, numberTo, numberExternal, numberInternal, numberDid }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
