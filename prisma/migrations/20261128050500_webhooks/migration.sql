-- CreateTable
CREATE TABLE "webhooks" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_until" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "phone_call_id" UUID,
    "call_context_id" UUID,
    "chat_id" UUID,
    "state" "delivery_state" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateIndex
CREATE INDEX "webhook_deliveries_customer_id_created_at_id_idx" ON "webhook_deliveries"("customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_customer_id_webhook_id_idx" ON "webhook_deliveries"("customer_id", "webhook_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_customer_id_phone_call_id_idx" ON "webhook_deliveries"("customer_id", "phone_call_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_customer_id_call_context_id_idx" ON "webhook_deliveries"("customer_id", "call_context_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_customer_id_chat_id_idx" ON "webhook_deliveries"("customer_id", "chat_id");

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_customer_id_webhook_id_fkey" FOREIGN KEY ("customer_id", "webhook_id") REFERENCES "webhooks"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_customer_id_phone_call_id_fkey" FOREIGN KEY ("customer_id", "phone_call_id") REFERENCES "phone_calls"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_customer_id_call_context_id_fkey" FOREIGN KEY ("customer_id", "call_context_id") REFERENCES "call_contexts"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_customer_id_chat_id_fkey" FOREIGN KEY ("customer_id", "chat_id") REFERENCES "chats"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot express partial indexes. What a worker looks for: only what is still to be delivered.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries"("customer_id", "due_at") WHERE "state" = 'PENDING';
