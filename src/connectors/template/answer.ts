import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { textOf } from './value.ts';

/** What a path led to, with the index taken in each array on the way; an array is named by the steps that lead to it. */
export interface Leaf {
  value: unknown;
  indexes: ReadonlyMap<string, number>;
}

/** Reads an answer's body. Null where it is not what it should be; an empty body is an empty answer. */
export function readAnswer(body: string, type: 'Json' | 'Xml'): { content: unknown } | null {
  if (body.trim() === '') return { content: {} };
  try {
    return { content: type === 'Xml' ? readXmlAnswer(body) : JSON.parse(body.replace(/^\uFEFF/, ''), exactNumbers) };
  } catch {
    return null;
  }
}

/** Ids may have more digits than a number holds, so those keep the digits that were sent. */
function exactNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}

function readXmlAnswer(body: string): unknown {
  const verdict = XMLValidator.validate(body.trim());
  if (verdict !== true) throw new Error(verdict.err.msg);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    htmlEntities: true,
  }).parse(body.trim());
}

/** Everything that a path leads to, from the answer's root; every array on the way, and at its end, is walked through. */
export function leavesOf(content: unknown, path: string): Leaf[] {
  const steps = path.split('.').map((step) => step.trim());
  const leaves = walk(content, path === '' ? [] : steps, '', new Map());
  if (leaves.length > 0 || !isXmlRoot(content)) return leaves;
  // The path of an XML answer may leave out its root element.
  const [name = ''] = Object.keys(content as object);
  return walk((content as Record<string, unknown>)[name], steps, name, new Map());
}

const isXmlRoot = (content: unknown) =>
  typeof content === 'object' && content !== null && !Array.isArray(content) && Object.keys(content).length === 1;

function walk(value: unknown, steps: string[], place: string, indexes: ReadonlyMap<string, number>): Leaf[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => walk(element, steps, `${place}[]`, new Map(indexes).set(place, index)));
  }
  if (steps.length === 0) return value === undefined ? [] : [{ value, indexes }];
  if (typeof value !== 'object' || value === null) return [];
  // A key may itself hold dots: the shortest that exists is taken.
  for (let taken = 1; taken <= steps.length; taken++) {
    const key = steps.slice(0, taken).join('.');
    const name = [key, `@${key}`].find((candidate) => Object.hasOwn(value, candidate));
    if (name === undefined) continue;
    const inner = (value as Record<string, unknown>)[name];
    return walk(inner, steps.slice(taken), `${place}.${name}`, indexes);
  }
  return [];
}

/** Whether what was found in one place can stand beside what was found in another: no array has two indexes. */
export function fits(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  for (const [place, index] of one) if ((other.get(place) ?? index) !== index) return false;
  return true;
}

/** A value of an answer as text; booleans are the words `True` and `False`, objects and lists their JSON. */
export function leafText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return textOf(value as string | number | boolean);
  if ('#text' in value) return String(value['#text']);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}
