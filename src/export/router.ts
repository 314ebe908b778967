import { ReadableStream } from 'node:stream/web';
import { Hono, type Context as HonoContext } from 'hono';
import type { Customer } from '../domain/customer.ts';
import { exportPhoneCalls } from '../domain/phone-call-export.ts';
import type { Gate } from '../gate.ts';
import { admitByToken } from '../rest/admit.ts';
import { queryOf, readQuery } from '../rest/input.ts';
import { readFilter, readSort } from '../rest/phone-call-query.ts';
import { answerRefusal, methodNotAllowed } from '../rest/refusal.ts';
import { answerFailure } from '../rest/refuse.ts';
import type { RequestEnv } from '../rest/router.ts';
import type { CustomerRecord } from '../store/customer-record.ts';
import { type Format, formats } from './formats.ts';

export interface ExportSetup {
  gate: Pick<Gate, 'byToken'>;
  openCustomer(record: CustomerRecord): Customer;
  reportBug(error: unknown, requestId: string): void;
}

export const exportPath = ({ extension }: Format) => `/export/phone-calls.${extension}`;

/** Whole histories as files, by the filters and the order of the legacy list, with its refusals. */
export function createExportRouter(setup: ExportSetup): Hono<RequestEnv> {
  const router = new Hono<RequestEnv>({ strict: false });
  for (const format of formats) {
    const path = exportPath(format);
    router.on(['GET', 'HEAD'], path, (c) => answer(format, c, setup));
    router.all(path, (c) => answerRefusal(methodNotAllowed(c.req.method, path.slice(1), ['GET', 'HEAD'])));
  }
  return router;
}

async function answer(format: Format, c: HonoContext<RequestEnv>, setup: ExportSetup): Promise<Response> {
  const report = (error: unknown) => setup.reportBug(error, c.get('requestId'));
  try {
    const { customer } = await admitByToken(setup.gate, c.req.raw, c.get('address'));
    const query = readQuery(queryOf(c.req.url));
    const listing = { filter: readFilter(query.filter), orderBy: readSort(query.sort) };
    const headers = {
      'Content-Type': format.mediaType,
      'Content-Disposition': `attachment; filename="phone-calls.${format.extension}"`,
      'Cache-Control': 'no-store',
    };
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    const batches = exportPhoneCalls(setup.openCustomer(customer), listing);
    // A database that is away is told by a status, as long as nothing has been sent.
    const first = await batches.next();
    const file = ReadableStream.from(write(format, first.value ?? [], batches, report));
    return new Response(file as BodyInit, { headers });
  } catch (error) {
    return answerFailure(error, report);
  }
}

/**
 * The file, piece by piece, as fast as it is taken; when nobody takes it any more the reading ends. A failure midway
 * breaks the connection off, so that a file that is short cannot be taken for a whole one.
 */
async function* write(
  { head, rows }: Format,
  first: object[],
  rest: AsyncGenerator<object[]>,
  report: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield Buffer.from(head + rows(first));
    for await (const calls of rest) yield Buffer.from(rows(calls));
  } catch (error) {
    report(error);
    throw error;
  }
}
