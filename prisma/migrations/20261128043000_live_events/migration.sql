-- What a stream that resumes looks for: contexts and chats by the moment of their change.
-- CreateIndex
CREATE INDEX "call_contexts_customer_id_updated_at_id_idx" ON "call_contexts"("customer_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "chats_customer_id_created_at_id_idx" ON "chats"("customer_id", "created_at", "id");
