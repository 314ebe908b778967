-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "retention_days" INTEGER;

-- CreateIndex
CREATE INDEX "chats_customer_id_start_time_idx" ON "chats"("customer_id", "start_time");
