import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the one lock of a data folder, or answers null when another process holds it. The lock is the operating
 * system's own (through an SQLite file, as Node offers no other), so it vanishes with its process however that dies.
 */
export function lockFolder(folder: string): FolderLock | null {
  const file = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => file.close() };
}

const isBusy = (error: unknown) => error instanceof Error && /database is locked/.test(error.message);
