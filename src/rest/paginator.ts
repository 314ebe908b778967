import type { Paging } from './phone-call-query.ts';

interface Link {
  url: string | null;
  label: string;
  active: boolean;
}

/** Pages on either side of the current one that get a link of their own. */
const onEachSide = 3;

/** Laravel's flat length-aware paginator; its links keep the other parameters of the query. */
export function paginate<Row>(rows: Row[], total: number, { page, perPage }: Paging, path: string, search: string) {
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const first = (page - 1) * perPage + 1;
  const others = new URLSearchParams(search);
  others.delete('page');
  const beginning = `${path}?${others}${others.size > 0 ? '&' : ''}page=`;
  const urlOf = (number: number) => `${beginning}${number}`;
  const previous = page > 1 ? urlOf(page - 1) : null;
  const next = page < lastPage ? urlOf(page + 1) : null;
  return {
    current_page: page,
    data: rows,
    first_page_url: urlOf(1),
    from: rows.length > 0 ? first : null,
    last_page: lastPage,
    last_page_url: urlOf(lastPage),
    links: [
      { url: previous, label: '&laquo; Previous', active: false },
      ...pageNumbers(page, lastPage).map(
        (number): Link =>
          number === null
            ? { url: null, label: '...', active: false }
            : { url: urlOf(number), label: String(number), active: number === page },
      ),
      { url: next, label: 'Next &raquo;', active: false },
    ],
    next_page_url: next,
    path,
    per_page: perPage,
    prev_page_url: previous,
    to: rows.length > 0 ? first + rows.length - 1 : null,
    total,
  };
}

/**
 * A page that says where the next one begins instead of counting: Laravel's cursor paginator, forwards only. However
 * deep it lies, it costs as much as the first.
 */
export function paginateByCursor<Row>(
  rows: Row[],
  cursor: string | null,
  perPage: number,
  path: string,
  search: string,
) {
  const query = new URLSearchParams(search);
  query.set('cursor', cursor ?? '');
  return {
    data: rows,
    path,
    per_page: perPage,
    next_cursor: cursor,
    next_page_url: cursor && `${path}?${query}`,
  };
}

/** The pages that get a link; null where some are left out. */
function pageNumbers(page: number, lastPage: number): (number | null)[] {
  const window = onEachSide + 4;
  if (lastPage < onEachSide * 2 + 8) return range(1, lastPage);
  if (page <= window) return [...range(1, window + onEachSide), null, lastPage - 1, lastPage];
  if (page > lastPage - window) return [1, 2, null, ...range(lastPage - (window + onEachSide - 1), lastPage)];
  return [1, 2, null, ...range(page - onEachSide, page + onEachSide), null, lastPage - 1, lastPage];
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
