-- AlterTable
ALTER TABLE "integrations" ADD COLUMN     "name" TEXT,
ALTER COLUMN "position" DROP NOT NULL;

-- Positions are counted from one. They are compared when a statement ends, so that one statement can move them all.
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_position_check" CHECK ("position" > 0);
DROP INDEX "integrations_customer_id_position_key";
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_customer_id_position_key"
  UNIQUE ("customer_id", "position") DEFERRABLE INITIALLY IMMEDIATE;
