const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * The words of a call, exactly as the index `phone_calls_search_idx` holds them. An index of words cannot begin with a
 * column, so the customer stands among the words: the index leads to the customer's own calls alone.
 */
const words = `(to_tsvector('simple', translate(
    coalesce(subject, '') || ' ' || coalesce(body, '') || ' ' || coalesce(transcription, ''),
    '${punctuation.replace("'", "''")}', '${' '.repeat(punctuation.length)}'))
  || array_to_tsvector(ARRAY[customer_id::text]))`;

/** What parts words: space, and the same punctuation. */
const between = /[\s!-/:-@[-`{-~]+/;

/** From how many characters on a word stands for all that begin with it; shorter ones would stand for too many. */
const prefixLength = 3;

/** Calls in whose subject, body or transcription every one of these words stands; none for a text without words. */
export function searchConditions(search: string, bind: (value: unknown) => string): string[] {
  const sought = search
    .split(between)
    .filter((word) => word !== '')
    .map((word) => `'${word}'${word.length >= prefixLength ? ':*' : ''}`);
  if (sought.length === 0) return ['false'];
  return [
    `${words} @@ quote_literal($1::text)::tsquery`,
    `${words} @@ to_tsquery('simple', ${bind(sought.join(' & '))})`,
  ];
}
