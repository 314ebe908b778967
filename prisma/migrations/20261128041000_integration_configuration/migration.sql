-- AlterTable
ALTER TABLE "integrations" ADD COLUMN     "configuration" BYTEA,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
