interface Named {
  firstName?: string | null;
  lastName?: string | null;
  company?: string | null;
}

/** What to call a contact. */
export const nameOf = ({ firstName, lastName, company }: Named): string =>
  [firstName, lastName].filter(Boolean).join(' ') || company || 'Unnamed contact';

interface Attributed {
  agentKey?: string | null;
  agentFirstName?: string | null;
  agentLastName?: string | null;
}

/** Who of the company was on a call: the name if it was told, else how the call is attributed. */
export const agentOf = ({ agentFirstName, agentLastName, agentKey }: Attributed): string =>
  [agentFirstName, agentLastName].filter(Boolean).join(' ') || agentKey || '';

const digitsOfGroup: Record<string, number[]> = { '33': [1, 2, 2, 2, 2], '1': [3, 3, 4] };

/** A number in groups that can be read aloud; one of another shape stays as it is. */
export function readableNumber(number: string | null): string {
  if (number === null) return 'No number';
  if (number === 'anonymous') return 'Hidden number';
  const code = Object.keys(digitsOfGroup).find((start) => number.startsWith(`+${start}`));
  const sizes = code ? digitsOfGroup[code] : undefined;
  const rest = code ? number.slice(code.length + 1) : '';
  if (!sizes || rest.length !== sizes.reduce((sum, size) => sum + size, 0)) return number;
  let at = 0;
  const groups = sizes.map((size) => {
    at += size;
    return rest.slice(at - size, at);
  });
  return `+${code} ${groups.join(' ')}`;
}

/** Where a click calls the number; null where nothing can be called. */
export const telephoneLink = (number: string | null): string | null =>
  number !== null && /^\+?[0-9*#]{3,}$/.test(number) ? `tel:${number}` : null;

/** The same address if a browser may follow it, else null: whoever reports a call chooses what stands there. */
export function safeLink(address: string | null | undefined): string | null {
  if (!address) return null;
  const parsed = URL.parse(address, location.origin);
  return parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}

const initialOf = (name: string | undefined) => [...(name ?? '')][0] ?? '';

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return (initialOf(words[0]) + (words.length > 1 ? initialOf(words.at(-1)) : '')).toUpperCase();
}
