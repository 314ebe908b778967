import { z } from 'zod';
import { limits } from '../limits.ts';
import { isStorable } from '../storable.ts';
import type { RawInput } from './input.ts';
import { validationFailed } from './refusal.ts';
import { readBoolean, readDuration, readTime } from './values.ts';

const email = z.email();

/**
 * Reads fields as a phone system sends them, everything as text, and gathers what is wrong with any of them in
 * Laravel's sentences. `check` refuses them all together.
 */
export class Fields {
  readonly #raw: RawInput;
  readonly #errors: Record<string, string[]> = {};

  constructor(raw: RawInput) {
    this.#raw = raw;
  }

  /** Whether the field was sent at all, be it empty. */
  sent(name: string): boolean {
    return name in this.#raw;
  }

  /** Whether the field says anything, be it wrong. */
  told(name: string): boolean {
    return scalar(this.#raw[name]) !== undefined;
  }

  text(name: string, maximum: number = limits.shortText): string | undefined {
    const value = scalar(this.#raw[name]);
    if (value === undefined) return undefined;
    if (value === null || !isStorable(value)) return this.#refuse(name, 'must be valid text');
    if (value.length > maximum) return this.#refuse(name, `must not be greater than ${maximum} characters`);
    return value;
  }

  phone(name: string): string | undefined {
    return this.text(name, limits.phoneNumber);
  }

  email(name: string): string | undefined {
    const value = this.text(name, limits.email);
    if (value !== undefined && !email.safeParse(value).success)
      return this.#refuse(name, 'must be a valid email address');
    return value;
  }

  url(name: string): string | undefined {
    const value = this.text(name, limits.url);
    if (value === undefined) return undefined;
    const valid = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    return valid ? value : this.#refuse(name, 'must be a valid URL');
  }

  choice<Choice>(name: string, choices: Record<string, Choice>): Choice | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const choice = Object.hasOwn(choices, value.toLowerCase()) ? choices[value.toLowerCase()] : undefined;
    if (choice === undefined) this.refuse(name, `The selected ${spoken(name)} is invalid.`);
    return choice;
  }

  boolean(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return readBoolean(value) ?? this.#refuse(name, 'must be true or false');
  }

  duration(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return readDuration(value) ?? this.#refuse(name, 'must be a valid duration');
  }

  time(name: string): Date | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return readTime(value) ?? this.#refuse(name, 'must match the format YYYY-MM-DDTHH:MM:SSZ');
  }

  /** A value of any shape, as it arrived. */
  any(name: string): unknown {
    return this.#raw[name];
  }

  require(name: string, value: unknown, condition = ''): void {
    if (value === undefined && !(name in this.#errors))
      this.refuse(name, `The ${spoken(name)} field is required${condition}.`);
  }

  refuse(name: string, sentence: string): void {
    this.#errors[name] = [...(this.#errors[name] ?? []), sentence];
  }

  /** Throws the refusal of everything that was wrong. */
  check(): void {
    if (Object.keys(this.#errors).length > 0) throw validationFailed(this.#errors);
  }

  #refuse(name: string, what: string): undefined {
    this.refuse(name, `The ${spoken(name)} field ${what}.`);
    return undefined;
  }
}

export const spoken = (name: string) => name.replaceAll('_', ' ');

/** What a phone system sends of a variable that its version does not know. */
const unresolvedVariable = /^\[[A-Za-z][\w:.]*\]$/;

/** Text without surrounding space; undefined if nothing was told, null if it is not a single value. */
export function scalar(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || unresolvedVariable.test(text) ? undefined : text;
}
