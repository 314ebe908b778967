/**
 * The words of a call, exactly as the index `phone_calls_search_idx` holds them. An index of words cannot begin with a
 * column, so the customer stands among the words: the index leads to the customer's own calls alone.
 */
const words = `(to_tsvector('simple', coalesce(subject, '') || ' ' || coalesce(body, '') || ' ' || coalesce(transcription, ''))
  || array_to_tsvector(ARRAY[customer_id::text]))`;

/** From how many characters on a word stands for all that begin with it; shorter ones would stand for too many. */
const prefixLength = 3;

/** Calls in whose subject, body or transcription every one of these words stands; none for a text without words. */
export function searchConditions(search: string, bind: (value: unknown) => string): string[] {
  const sought = search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `'${word.replace(/['\\]/g, '$&$&')}'${word.length >= prefixLength ? ':*' : ''}`);
  if (sought.length === 0) return ['false'];
  return [
    `${words} @@ quote_literal($1::text)::tsquery`,
    `${words} @@ to_tsquery('simple', ${bind(sought.join(' & '))})`,
  ];
}
