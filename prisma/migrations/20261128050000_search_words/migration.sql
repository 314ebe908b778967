-- Punctuation parts words: "Order-1042" holds the word 1042, which would have been read as the number -1042.
-- Queries must repeat this expression: `src/domain/call-search.ts`.
DROP INDEX "phone_calls_search_idx";
CREATE INDEX "phone_calls_search_idx" ON "phone_calls" USING gin ((
  to_tsvector('simple', translate(
    coalesce("subject", '') || ' ' || coalesce("body", '') || ' ' || coalesce("transcription", ''),
    '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                '
  ))
  || array_to_tsvector(ARRAY["customer_id"::text])
));
