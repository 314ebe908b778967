import type { RawInput } from './input.ts';
import type { ListPhoneCallsQuery } from './lookup.generated.ts';
import { paginate, paginateByCursor } from './paginator.ts';
import { readCursor, readPaging } from './phone-call-query.ts';

interface Asked {
  query: RawInput;
  path: string;
  search: string;
}

/** A page of calls: numbered as documented, or, where the query has a cursor, with the cursor of the next one. */
export function phoneCallPage(
  { data, total, pageInfo }: ListPhoneCallsQuery['phoneCalls'],
  { query, path, search }: Asked,
): object {
  const paging = readPaging(query);
  if (readCursor(query) === undefined) return paginate(data, total ?? 0, paging, path, search);
  return paginateByCursor(data, pageInfo.hasNextPage ? pageInfo.endCursor : null, paging.perPage, path, search);
}
