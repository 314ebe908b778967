-- Prisma can express none of these. Figures are read from this index alone where they can be; its columns are short,
-- as a row of an index has room for less than three kilobytes.
DROP INDEX "phone_calls_customer_id_start_time_id_idx";
CREATE INDEX "phone_calls_customer_id_start_time_id_idx" ON "phone_calls"("customer_id", "start_time" DESC NULLS LAST, "id" DESC)
  INCLUDE ("direction", "status", "answered", "duration_seconds", "number_external");

-- The words of a call. An index of words cannot begin with a column, so the customer is one of the words. Queries must
-- repeat this expression: `src/domain/call-search.ts`.
CREATE INDEX "phone_calls_search_idx" ON "phone_calls" USING gin ((
  to_tsvector('simple', coalesce("subject", '') || ' ' || coalesce("body", '') || ' ' || coalesce("transcription", ''))
  || array_to_tsvector(ARRAY["customer_id"::text])
));
