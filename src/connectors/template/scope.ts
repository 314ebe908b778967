import { textOf, type Value } from './value.ts';

/** The names that an expression can use. */
export interface Scope {
  /** Undefined where nobody knows the name. `live` values are texts of the template, which may hold expressions. */
  find(name: string): { value: Value; live: boolean } | undefined;
  /** What stands for a name that nobody knows. */
  missing(name: string): { value: Value; live: boolean };
  /** The same names with more beside them; a later value hides an earlier one. */
  with(values: Record<string, Value>): Scope;
  warn(message: string): void;
}

export type UnknownVariables = 'literal' | 'empty';

export interface ScopeSetup {
  /** By name in lower case. Names are found however they are capitalised. */
  parameters: ReadonlyMap<string, string>;
  /** What logging in made known to every scenario; may grow while a scope is in use. */
  published: ReadonlyMap<string, string>;
  unknownVariables: UnknownVariables;
  warn: (message: string) => void;
}

/** Opens a scope that knows the parameters and what every expression may use. */
export function openScope(setup: ScopeSetup): Scope {
  return scopeOf(setup, new Map(Object.entries({ linebreak: '\n', maxlength: '' })));
}

function scopeOf(setup: ScopeSetup, values: ReadonlyMap<string, Value>): Scope {
  const { parameters, published, unknownVariables, warn } = setup;
  const known = (name: string): { value: Value; live: boolean } | undefined => {
    const parameter = parameters.get(name);
    const value = values.has(name) ? values.get(name) : published.get(name);
    if (value !== undefined && !(name === 'maxlength' && parameter)) return { value, live: false };
    if (parameter !== undefined) return { value: parameter, live: true };
    // Other outputs of the lookup that this one did not bring are unset, not unknown.
    return name.startsWith('contact::') ? { value: '', live: false } : undefined;
  };
  return {
    find: (name) => {
      const key = name.toLowerCase();
      const plain = key.startsWith('escaped') ? known(key.slice('escaped'.length)) : undefined;
      return known(key) ?? (plain && { value: escaped(textOf(plain.value)), live: false });
    },
    missing: (name) => {
      const literal = unknownVariables === 'literal';
      warn(`Nothing is known as [${name}]; it is ${literal ? 'sent as it is written' : 'left empty'}.`);
      return { value: literal ? `[${name}]` : '', live: false };
    },
    with: (more) => {
      const added = Object.entries(more).map(([name, value]) => [name.toLowerCase(), value] as const);
      return scopeOf(setup, new Map([...values, ...added]));
    },
    warn,
  };
}

/** Percent-encodes everything but letters, digits and `-_.~`, as .NET does (RFC 3986, section 2.3). */
export const escaped = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
