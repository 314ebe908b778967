import { methodNamed } from './methods.ts';

/** One expression, taken apart. `text` is a bareword or, if quoted, a text with holes of its own. */
export type Expression =
  | { kind: 'text'; text: string; quoted: boolean }
  | { kind: 'bracket'; inner: Expression; source: string }
  | { kind: 'iif'; condition: Expression; yes: Expression; no: Expression; given: number }
  | { kind: 'method'; subject: Expression; name: string; args: Expression[] }
  | { kind: 'joined'; parts: Expression[] }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression };

interface Cursor {
  readonly text: string;
  at: number;
  /** How many brackets, and how many argument lists or groups, are open here. */
  brackets: number;
  lists: number;
}

/** Deeper nesting than any author writes is read as text, so that no input exhausts the stack. */
const deepest = 60;

/** Reads a condition, or what stands between two brackets. Never throws: what makes no sense is text. */
export function parseExpression(text: string): Expression {
  const cursor: Cursor = { text, at: 0, brackets: 0, lists: 0 };
  return parseBinary(cursor, 0);
}

const levels = [['||'], ['&&'], ['==', '!=', '>=', '<=', '>', '<']];

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = levels[level];
  if (!operators) return parseOperand(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const operator = operators.find((sign) => cursor.text.startsWith(sign, cursor.at));
    if (!operator) return left;
    cursor.at += operator.length;
    left = { kind: 'binary', operator, left, right: parseBinary(cursor, level + 1) };
  }
}

/** Barewords, quoted texts and brackets that stand side by side are one text. */
function parseOperand(cursor: Cursor): Expression {
  const parts: Expression[] = [];
  let bare = '';
  let blank = true;
  let tag = false;
  let parentheses = 0;
  const flush = () => {
    if (bare) parts.push({ kind: 'text', text: bare, quoted: false });
    bare = '';
  };
  while (cursor.at < cursor.text.length) {
    if (parentheses === 0 && ends(cursor, !blank && !tag)) break;
    const part = parsePart(cursor, blank);
    if (part) {
      flush();
      blank = false;
      parts.push(part);
      continue;
    }
    const sign = cursor.text[cursor.at++] as string;
    if (sign === '(') parentheses++;
    if (sign === ')' && parentheses > 0) parentheses--;
    if (blank && sign === '<') tag = true;
    if (sign.trim() !== '') blank = false;
    bare += sign;
  }
  flush();
  return joined(parts);
}

/** Whether an operand is over. A comparison sign with nothing before it is text, such as the tag of a line break. */
function ends({ text, at, brackets, lists }: Cursor, begun: boolean): boolean {
  const sign = text[at];
  if (sign === ']') return brackets > 0;
  if (sign === ',' || sign === ')') return lists > 0;
  if (sign === '<' || sign === '>') return begun;
  return ['||', '&&', '==', '!='].some((operator) => text.startsWith(operator, at));
}

function parsePart(cursor: Cursor, first: boolean): Expression | null {
  const { text, at, brackets, lists } = cursor;
  if (brackets + lists > deepest) return null;
  if (text[at] === '[') return parseBracket(cursor);
  const quote = text.startsWith('^^', at) ? '^^' : text[at] === '"' ? '"' : null;
  if (quote) return parseQuoted(cursor, quote);
  if (first && text[at] === '(') return parseGroup(cursor);
  const before = text[at - 1];
  return before && /\w/.test(before) ? null : parseIif(cursor);
}

function parseBracket(cursor: Cursor): Expression | null {
  const start = cursor.at;
  const { lists } = cursor;
  cursor.at++;
  cursor.brackets++;
  cursor.lists = 0;
  const inner = parseBinary(cursor, 0);
  cursor.brackets--;
  cursor.lists = lists;
  if (cursor.text[cursor.at] === ']') cursor.at++;
  const source = cursor.text.slice(start + 1, cursor.at).replace(/\]$/, '');
  return parseMethods(cursor, { kind: 'bracket', inner, source });
}

/** `[X].Method(…)`, as often as it goes on. A property is taken only by a name that is known: `[Host].com` is text. */
function parseMethods(cursor: Cursor, subject: Expression): Expression {
  const called = /\.(\w+)\s*\(/y;
  const property = /\.(\w+)(?!\w|\s*\()/y;
  called.lastIndex = property.lastIndex = cursor.at;
  const [whole, name = ''] = called.exec(cursor.text) ?? [];
  if (whole) {
    cursor.at += whole.length;
    return parseMethods(cursor, { kind: 'method', subject, name, args: parseList(cursor) });
  }
  const [bare, word = ''] = property.exec(cursor.text) ?? [];
  if (!bare || !methodNamed(word)) return subject;
  cursor.at += bare.length;
  return parseMethods(cursor, { kind: 'method', subject, name: word, args: [] });
}

function parseList(cursor: Cursor): Expression[] {
  const list: Expression[] = [];
  cursor.lists++;
  for (;;) {
    const start = cursor.at;
    const item = parseBinary(cursor, 0);
    const source = cursor.text.slice(start, cursor.at);
    const blank = source !== '' && source.trim() === '';
    list.push(blank ? { kind: 'text', text: source, quoted: true } : item);
    if (cursor.text[cursor.at] !== ',') break;
    cursor.at++;
  }
  if (cursor.text[cursor.at] === ')') cursor.at++;
  cursor.lists--;
  return list;
}

function parseIif(cursor: Cursor): Expression | null {
  const opening = /IIf\s*\(/iy;
  opening.lastIndex = cursor.at;
  const [whole] = opening.exec(cursor.text) ?? [];
  if (!whole) return null;
  cursor.at += whole.length;
  const list = parseList(cursor);
  const [condition = nothing, yes = nothing, no = nothing] = list;
  return { kind: 'iif', condition, yes, no, given: list.length };
}

/** Parentheses group a condition; around anything else they are part of the text. */
function parseGroup(cursor: Cursor): Expression {
  cursor.at++;
  cursor.lists++;
  const inner = parseBinary(cursor, 0);
  cursor.lists--;
  if (inner.kind === 'binary') {
    if (cursor.text[cursor.at] === ')') cursor.at++;
    return inner;
  }
  const closed = cursor.text[cursor.at] === ')' ? cursor.text[cursor.at++] : '';
  const signs = ['(', closed ?? ''].map((text) => ({ kind: 'text' as const, text, quoted: true }));
  return { kind: 'joined', parts: [signs[0] as Expression, inner, signs[1] as Expression] };
}

function parseQuoted(cursor: Cursor, quote: string): Expression | null {
  const end = cursor.text.indexOf(quote, cursor.at + quote.length);
  if (end < 0) return null;
  const text = cursor.text.slice(cursor.at + quote.length, end);
  cursor.at = end + quote.length;
  return { kind: 'text', text, quoted: true };
}

const nothing: Expression = { kind: 'text', text: '', quoted: true };

/** Space around an operand is not part of it; space between its parts is. */
function joined(parts: Expression[]): Expression {
  const last = parts.length - 1;
  const trimmed = parts.map((part, index) => {
    if (part.kind !== 'text' || part.quoted) return part;
    const begun = index === 0 ? part.text.trimStart() : part.text;
    return { ...part, text: index === last ? begun.trimEnd() : begun };
  });
  const kept = trimmed.filter((part) => part.kind !== 'text' || part.quoted || part.text !== '');
  return kept.length === 1 ? (kept[0] as Expression) : kept.length === 0 ? nothing : { kind: 'joined', parts: kept };
}

/** Which bracket closes which, in one walk; within brackets a quoted text may hold any sign. */
export function bracketPairs(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  const lastQuote = text.lastIndexOf('"');
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') open.push(at);
    if (text[at] === '"' && open.length > 0 && at < lastQuote) at = text.indexOf('"', at + 1);
    if (text[at] === ']') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return pairs;
}
