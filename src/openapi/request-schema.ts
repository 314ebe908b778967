import { limits } from '../limits.ts';
import { Fields } from '../rest/fields.ts';
import { spellWord } from '../rest/legacy.ts';
import type { RestRequest } from '../rest/routes.ts';
import type { Schema } from './schema.ts';

/** What the reader of a request asks of its fields, learned by letting it read a request that has none. */
export interface FieldSchemas {
  properties: Record<string, Schema>;
  required: string[];
}

/** Answers nothing, and remembers what it was asked: so the description is what the router does, and nothing else. */
class FieldRecorder extends Fields {
  readonly found: FieldSchemas = { properties: {}, required: [] };

  constructor() {
    super({});
  }

  override text(name: string, maximum: number = limits.shortText): undefined {
    this.#note(name, { type: 'string', maxLength: maximum });
  }

  override phone(name: string): undefined {
    const description = 'In any form: E.164, national, `tel:`, `sip:`; an extension; or `anonymous`.';
    this.#note(name, { type: 'string', maxLength: limits.phoneNumber, description });
  }

  override email(name: string): undefined {
    this.#note(name, { type: 'string', format: 'email', maxLength: limits.email });
  }

  override url(name: string): undefined {
    this.#note(name, { type: 'string', format: 'uri', maxLength: limits.url });
  }

  override choice<Choice>(name: string, choices: Record<string, Choice>): undefined {
    const words = Object.values(choices).map((choice) => spellWord(String(choice)));
    this.#note(name, { type: 'string', enum: words, description: 'In any case.' });
  }

  override boolean(name: string): undefined {
    this.#note(name, { type: 'boolean', description: 'Or `1`, `0`, `"true"`, `"false"`.' });
  }

  override duration(name: string): undefined {
    const description = 'Seconds; or `mm:ss`, `hh:mm:ss`, `d.hh:mm:ss`, or ISO 8601 (`PT3M`) as text.';
    this.#note(name, { type: 'integer', minimum: 0, maximum: limits.durationSeconds, description });
  }

  override time(name: string): undefined {
    const description = 'UTC where no zone is told; a fraction of a second is cut off.';
    this.#note(name, { type: 'string', format: 'date-time', description });
  }

  override any(name: string): undefined {
    const entry = { type: 'object', required: ['key'], properties: { key: { type: 'string' }, value: {} } };
    const description = `At most ${limits.contextEntries} keys with values of any shape: a list of entries, or an object.`;
    this.#note(name, { description, anyOf: [{ type: 'array', items: entry }, { type: 'object' }] });
  }

  override require(name: string, _value: unknown, condition = ''): void {
    const schema = this.found.properties[name];
    if (condition === '') this.found.required.push(name);
    else if (schema)
      schema.description = [schema.description, `Required${condition.replaceAll('_', ' ')}.`].filter(Boolean).join(' ');
  }

  override check(): void {}

  #note(name: string, schema: Schema): void {
    this.found.properties[name] ??= schema;
  }
}

export function fieldSchemas(read: (fields: Fields) => unknown): FieldSchemas {
  const recorder = new FieldRecorder();
  read(recorder);
  return recorder.found;
}

/** A request that says nothing, for those who only ask what it might have said. */
export const nothingSent: RestRequest = {
  query: {},
  body: {},
  idempotencyKey: undefined,
  chatsWithoutEmail: false,
  path: '',
  search: '',
};
