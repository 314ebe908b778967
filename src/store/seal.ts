import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { DomainError } from '../errors.ts';

/** Encrypts what must be given back as it was, such as a CRM's password, with AES-256-GCM. */
export interface Seals {
  /** Throws `NOT_ENABLED` where no key is set. `place` names what the text belongs to; it opens nowhere else. */
  seal(text: string, place: string): Buffer<ArrayBuffer>;
  /** Throws `NOT_ENABLED` where the key is gone, or the sealed text was changed or moved. */
  unseal(sealed: Uint8Array, place: string): string;
}

interface Key {
  /** Tells which of several keys sealed a text. */
  name: Buffer;
  bytes: Buffer;
}

const [nameBytes, ivBytes, tagBytes] = [4, 12, 16];

/** The first key seals; every key opens what it has sealed, so that a new one is put in front of the old. */
export function openSeals(secrets: readonly string[]): Seals {
  const keys = secrets.map(keyOf);
  return {
    seal: (text, place) => {
      const [key] = keys;
      if (!key) throw new DomainError('NOT_ENABLED', 'Secrets cannot be kept: SECRET_KEY is not set.');
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(place));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([key.name, iv, cipher.getAuthTag(), content]);
    },
    unseal: (sealed, place) => {
      const bytes = Buffer.from(sealed);
      const [name, iv, tag] = [0, nameBytes, nameBytes + ivBytes].map((start, index) =>
        bytes.subarray(start, start + ([nameBytes, ivBytes, tagBytes][index] as number)),
      ) as [Buffer, Buffer, Buffer];
      const key = keys.find((known) => known.name.equals(name));
      if (!key) throw new DomainError('NOT_ENABLED', 'A secret cannot be opened: its key is not in SECRET_KEY.');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(place)).setAuthTag(tag);
        const content = bytes.subarray(nameBytes + ivBytes + tagBytes);
        return decipher.update(content, undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new DomainError('NOT_ENABLED', 'A secret cannot be opened: it was changed or moved.', { cause });
      }
    },
  };
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'crm-lookup seal', 32));
  return { bytes, name: createHash('sha256').update(bytes).digest().subarray(0, nameBytes) };
}
