import { effect, signal } from '@preact/signals';

type Theme = 'light' | 'dark';

const key = 'crm-theme';
const ofSystem = matchMedia('(prefers-color-scheme: dark)');

const wanted = (): Theme => {
  const chosen = localStorage.getItem(key);
  return chosen === 'light' || chosen === 'dark' ? chosen : ofSystem.matches ? 'dark' : 'light';
};

/** What is shown: the reader's choice, else what the system asks for. */
export const theme = signal<Theme>(wanted());

ofSystem.addEventListener('change', () => {
  theme.value = wanted();
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

/** Shows the other theme, and does so again next time. */
export function switchTheme(): void {
  const next: Theme = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(key, next);
  theme.value = next;
}

/** Leaves no trace of the reader's choice. */
export function forgetTheme(): void {
  localStorage.removeItem(key);
  theme.value = wanted();
}
