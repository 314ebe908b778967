import { signal } from '@preact/signals';
import { forgetTheme } from './theme.ts';

/** What opens the history, for this tab alone. */
export interface Access {
  token: string;
  /** The customer that a signed-in person chose; null for a token that was pasted. */
  customerId: string | null;
}

/** What the server knows of this browser. */
export interface SignedIn {
  /** Must come back with every form; null while nobody is signed in. */
  form: string | null;
  email: string | null;
  customers: { id: string; name: string }[];
}

const key = 'crm-access';

// What one tab is told to leave, every tab leaves.
const tabs = new BroadcastChannel('crm-access');

export const access = signal<Access | null>(readAccess());

/** Why there is no access any more, in words for the reader. */
export const accessLost = signal<string | null>(null);

tabs.addEventListener('message', () => drop('You have signed out in another tab.'));

function readAccess(): Access | null {
  const text = sessionStorage.getItem(key);
  return text ? (JSON.parse(text) as Access) : null;
}

function keep(next: Access): void {
  sessionStorage.setItem(key, JSON.stringify(next));
  accessLost.value = null;
  access.value = next;
}

/** Forgets the token, and says why. */
export function drop(reason: string | null): void {
  sessionStorage.removeItem(key);
  accessLost.value = reason;
  access.value = null;
}

export const pasteToken = (token: string) => keep({ token, customerId: null });

/** Who is signed in in this browser, and for whom that person may look. */
export async function whoIsSignedIn(): Promise<SignedIn> {
  const response = await fetch('/dashboard/access', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

/** Gets a token for a customer from the session of this browser; false when the session is over. */
export async function openAccess(customerId: string): Promise<boolean> {
  const { form } = await whoIsSignedIn();
  if (!form) return false;
  const response = await post('/dashboard/access', { form, customer: customerId });
  if (!response.ok) return false;
  const { token } = (await response.json()) as { token: string };
  keep({ token, customerId });
  return true;
}

/** Ends the token and the session, and leaves nothing of either in this browser, in any of its tabs. */
export async function signOut(): Promise<void> {
  const leaving = access.value;
  let told = 'You have signed out.';
  try {
    const { form } = await whoIsSignedIn();
    // A pasted token belongs to somebody else, who may need it after us.
    if (form) await post('/dashboard/access/end', { form, ...(leaving?.customerId && { token: leaving.token }) });
  } catch {
    told = 'The token is gone from this browser. The server could not be reached, so it is not ended.';
  }
  tabs.postMessage('signed out');
  forgetTheme();
  history.replaceState(null, '', location.pathname);
  drop(told);
}

const post = (path: string, fields: Record<string, string>) =>
  fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
