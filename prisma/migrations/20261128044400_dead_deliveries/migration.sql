-- Few deliveries are ever dead, and an operator wants to know how many at every scrape.
CREATE INDEX "deliveries_dead_idx" ON "deliveries"("customer_id", "id") WHERE "state" = 'DEAD';
