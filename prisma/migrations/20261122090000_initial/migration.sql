-- CreateEnum
CREATE TYPE "call_direction" AS ENUM ('INBOUND', 'OUTBOUND', 'INTERNAL');

-- CreateEnum
CREATE TYPE "call_status" AS ENUM ('COMPLETED', 'FAILED', 'BUSY', 'NO_ANSWER', 'MISSED', 'NOTANSWERED');

-- CreateEnum
CREATE TYPE "start_time_reference" AS ENUM ('CALL', 'SEGMENT');

-- CreateEnum
CREATE TYPE "segment_dn_type" AS ENUM ('EXTENSION', 'TRUNK', 'CALL_QUEUE', 'VOICEMAIL', 'IVR', 'EXTERNAL_NUMBER', 'CALL_FLOW');

-- CreateEnum
CREATE TYPE "number_slot" AS ENUM ('MOBILE_1', 'MOBILE_2', 'BUSINESS_1', 'BUSINESS_2', 'HOME', 'OTHER');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('PENDING', 'DELIVERED', 'DEAD');

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "default_country" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "call_logging_enabled" BOOLEAN NOT NULL DEFAULT true,
    "chat_logging_enabled" BOOLEAN NOT NULL DEFAULT true,
    "contact_creation_enabled" BOOLEAN NOT NULL DEFAULT true,
    "chats_without_email" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_tokens" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_tokens_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "context_tokens" (
    "customer_id" UUID NOT NULL,
    "token" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "context_tokens_pkey" PRIMARY KEY ("customer_id","token")
);

-- CreateTable
CREATE TABLE "integrations" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connector" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "lookup" BOOLEAN NOT NULL DEFAULT true,
    "call_logging" BOOLEAN NOT NULL DEFAULT true,
    "chat_logging" BOOLEAN NOT NULL DEFAULT true,
    "contact_creation" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "integrations_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "civility" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "company" TEXT,
    "website" TEXT,
    "phone_business_1" TEXT,
    "phone_business_2" TEXT,
    "phone_mobile_1" TEXT,
    "phone_mobile_2" TEXT,
    "phone_home" TEXT,
    "phone_other" TEXT,
    "entity_url" TEXT,
    "entity_type" TEXT,
    "custom_value" TEXT,
    "email_key" TEXT,
    "identity" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "contact_numbers" (
    "customer_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "slot" "number_slot" NOT NULL,
    "sent" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "tail" TEXT NOT NULL,

    CONSTRAINT "contact_numbers_pkey" PRIMARY KEY ("customer_id","contact_id","slot")
);

-- CreateTable
CREATE TABLE "phone_calls" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "direction" "call_direction" NOT NULL,
    "status" "call_status" NOT NULL,
    "answered" BOOLEAN NOT NULL,
    "number_from" TEXT NOT NULL,
    "number_to" TEXT NOT NULL,
    "number_external" TEXT NOT NULL,
    "number_internal" TEXT NOT NULL,
    "number_did" TEXT,
    "numbers_sent" JSONB NOT NULL,
    "source" TEXT,
    "duration_seconds" INTEGER,
    "start_time" TIMESTAMPTZ(0),
    "end_time" TIMESTAMPTZ(0),
    "subject" TEXT,
    "body" TEXT,
    "recording_url" TEXT,
    "transcription" TEXT,
    "summary" TEXT,
    "sentiment" TEXT,
    "agent_first_name" TEXT,
    "agent_last_name" TEXT,
    "agent_email" TEXT,
    "queue_extension" TEXT,
    "agent_key" TEXT,
    "contact_id" UUID,
    "entity_type" TEXT,
    "entity_id" TEXT,
    "call_context_id" UUID,
    "context_data" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "phone_calls_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "call_segments" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phone_call_id" UUID NOT NULL,
    "order" INTEGER NOT NULL,
    "dn_type" "segment_dn_type" NOT NULL,
    "dn" TEXT,
    "display_name" TEXT,
    "answered" BOOLEAN NOT NULL DEFAULT false,
    "start_time" TIMESTAMPTZ(0),
    "answer_time" TIMESTAMPTZ(0),
    "end_time" TIMESTAMPTZ(0),

    CONSTRAINT "call_segments_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "call_contexts" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "direction" "call_direction" NOT NULL,
    "number_from" TEXT,
    "number_to" TEXT,
    "number_external" TEXT NOT NULL,
    "numbers_sent" JSONB NOT NULL,
    "source" TEXT,
    "start_time" TIMESTAMPTZ(0),
    "start_time_reference" "start_time_reference" NOT NULL,
    "segment_dn_type" "segment_dn_type",
    "context_data" JSONB NOT NULL,
    "anchor_time" TIMESTAMPTZ(3) NOT NULL,
    "phone_call_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "call_contexts_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "chats" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT,
    "number_external" TEXT,
    "number_sent" TEXT,
    "party" TEXT NOT NULL,
    "source" TEXT,
    "name" TEXT,
    "start_time" TIMESTAMPTZ(0),
    "end_time" TIMESTAMPTZ(0),
    "duration_seconds" INTEGER,
    "subject" TEXT,
    "chat_messages" TEXT,
    "queue_extension" TEXT,
    "entity_type" TEXT,
    "entity_id" TEXT,
    "agent" TEXT,
    "agent_first_name" TEXT,
    "agent_last_name" TEXT,
    "agent_email" TEXT,
    "agent_key" TEXT,
    "contact_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chats_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "customer_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "phone_call_id" UUID,
    "chat_id" UUID,
    "state" "delivery_state" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "message" TEXT,
    "remote_id" TEXT,
    "remote_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "agents" (
    "customer_id" UUID NOT NULL,
    "extension" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("customer_id","extension")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "customer_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload_hash" BYTEA NOT NULL,
    "result_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("customer_id","operation","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "access_tokens_customer_id_hash_key" ON "access_tokens"("customer_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "integrations_customer_id_position_key" ON "integrations"("customer_id", "position");

-- CreateIndex
CREATE INDEX "contacts_customer_id_email_key_idx" ON "contacts"("customer_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_customer_id_identity_key" ON "contacts"("customer_id", "identity");

-- CreateIndex
CREATE INDEX "contact_numbers_customer_id_tail_idx" ON "contact_numbers"("customer_id", "tail");

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_start_time_id_idx" ON "phone_calls"("customer_id", "start_time" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_end_time_id_idx" ON "phone_calls"("customer_id", "end_time" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_created_at_id_idx" ON "phone_calls"("customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_updated_at_id_idx" ON "phone_calls"("customer_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_number_external_start_time_idx" ON "phone_calls"("customer_id", "number_external", "start_time");

-- CreateIndex
CREATE INDEX "phone_calls_customer_id_contact_id_start_time_idx" ON "phone_calls"("customer_id", "contact_id", "start_time");

-- CreateIndex
CREATE UNIQUE INDEX "phone_calls_natural_key" ON "phone_calls"("customer_id", "direction", "number_external", "number_internal", "start_time");

-- CreateIndex
CREATE INDEX "call_segments_customer_id_phone_call_id_order_idx" ON "call_segments"("customer_id", "phone_call_id", "order");

-- CreateIndex
CREATE INDEX "call_contexts_customer_id_number_external_direction_anchor__idx" ON "call_contexts"("customer_id", "number_external", "direction", "anchor_time");

-- CreateIndex
CREATE INDEX "call_contexts_customer_id_phone_call_id_idx" ON "call_contexts"("customer_id", "phone_call_id");

-- CreateIndex
CREATE INDEX "chats_customer_id_contact_id_start_time_idx" ON "chats"("customer_id", "contact_id", "start_time");

-- CreateIndex
CREATE UNIQUE INDEX "chats_natural_key" ON "chats"("customer_id", "party", "start_time");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_customer_id_phone_call_id_integration_id_key" ON "deliveries"("customer_id", "phone_call_id", "integration_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_customer_id_chat_id_integration_id_key" ON "deliveries"("customer_id", "chat_id", "integration_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_customer_id_created_at_idx" ON "idempotency_keys"("customer_id", "created_at");

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "context_tokens" ADD CONSTRAINT "context_tokens_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_numbers" ADD CONSTRAINT "contact_numbers_customer_id_contact_id_fkey" FOREIGN KEY ("customer_id", "contact_id") REFERENCES "contacts"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_calls" ADD CONSTRAINT "phone_calls_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_segments" ADD CONSTRAINT "call_segments_customer_id_phone_call_id_fkey" FOREIGN KEY ("customer_id", "phone_call_id") REFERENCES "phone_calls"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_contexts" ADD CONSTRAINT "call_contexts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_contexts" ADD CONSTRAINT "call_contexts_customer_id_phone_call_id_fkey" FOREIGN KEY ("customer_id", "phone_call_id") REFERENCES "phone_calls"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chats" ADD CONSTRAINT "chats_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_customer_id_integration_id_fkey" FOREIGN KEY ("customer_id", "integration_id") REFERENCES "integrations"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_customer_id_phone_call_id_fkey" FOREIGN KEY ("customer_id", "phone_call_id") REFERENCES "phone_calls"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_customer_id_chat_id_fkey" FOREIGN KEY ("customer_id", "chat_id") REFERENCES "chats"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agents" ADD CONSTRAINT "agents_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot express partial indexes. What a delivery worker looks for: only what is still to be delivered.
CREATE INDEX "deliveries_due_idx" ON "deliveries"("customer_id", "due_at") WHERE "state" = 'PENDING';

-- What the sweep looks for: contexts that no call has taken over.
CREATE INDEX "call_contexts_open_idx" ON "call_contexts"("customer_id", "updated_at") WHERE "phone_call_id" IS NULL;
