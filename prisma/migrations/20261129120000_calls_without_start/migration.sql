-- Prisma cannot express partial indexes. Where calls whose start was never told are looked for by when they were told,
-- however many there are of a number that is withheld.
CREATE INDEX "phone_calls_no_start_idx" ON "phone_calls"("customer_id", "direction", "number_external", "created_at") WHERE "start_time" IS NULL;
