-- CreateTable
CREATE TABLE "contact_creations" (
    "customer_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "identity" BYTEA NOT NULL,
    "remote" JSONB,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_creations_pkey" PRIMARY KEY ("customer_id","integration_id","identity")
);

-- AddForeignKey
ALTER TABLE "contact_creations" ADD CONSTRAINT "contact_creations_customer_id_integration_id_fkey" FOREIGN KEY ("customer_id", "integration_id") REFERENCES "integrations"("customer_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
