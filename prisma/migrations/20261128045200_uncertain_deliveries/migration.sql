-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "uncertain" INTEGER NOT NULL DEFAULT 0;
