import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element, its names folded to lower case, because templates differ in theirs. */
export interface Element {
  /** As it is written. */
  name: string;
  line: number;
  attributes: Map<string, { name: string; value: string }>;
  children: Element[];
  /** The text directly in it, untrimmed: line breaks in a value are meant. */
  text: string;
}

export interface XmlDocument {
  root: Element | null;
  /** Where the text is not well-formed XML; it was read as far as it makes sense. */
  mistake: { message: string; line: number | null; fatal?: true } | null;
}

/** Elements that do not close each other; a stray sign or attribute is forgiven. */
const isUnclosed = ({ code, msg }: { code: string; msg: string }) =>
  /^Invalid(Tag|Xml)$/.test(code) || /open quote/.test(msg);
const fatal = { fatal: true } as const;

type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

/** Reads XML without ever expanding a declared entity. Never throws: what cannot be read has no root. */
export function readXml(text: string): XmlDocument {
  const source = text.replace(/^\uFEFF/, '').trimStart();
  const skipped = text.slice(0, text.length - source.length).split('\n').length - 1;
  const lineAt = lineFinder(source, skipped);
  const verdict = XMLValidator.validate(source);
  const mistake =
    verdict === true
      ? null
      : { message: verdict.err.msg, line: verdict.err.line + skipped, ...(isUnclosed(verdict.err) && fatal) };
  try {
    const nodes = newParser().parse(source) as Node[];
    const [root] = nodes.map((node) => elementOf(node, lineAt)).filter((element) => element !== null);
    return { root: root ?? null, mistake };
  } catch (error) {
    return { root: null, mistake: mistake ?? { message: (error as Error).message, line: null } };
  }
}

const newParser = () =>
  new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    allowBooleanAttributes: true,
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
    captureMetaData: true,
  });

function elementOf(node: Node, lineAt: (index: number) => number): Element | null {
  const name = Object.keys(node).find((key) => key !== ':@' && !key.startsWith('#'));
  if (!name) return null;
  const content = node[name] as Node[];
  const metadata = XMLParser.getMetaDataSymbol() as unknown as symbol;
  const { startIndex } = (node as unknown as Record<symbol, { startIndex?: number }>)[metadata] ?? {};
  const attributes = Object.entries(node[':@'] ?? {}).map(([key, value]) => {
    const normalised = decoded(String(value).replace(/[\t\r\n]/g, ' '));
    return [key.toLowerCase(), { name: key, value: normalised }] as const;
  });
  return {
    name,
    line: lineAt(startIndex ?? 0),
    attributes: new Map(attributes),
    children: content.map((child) => elementOf(child, lineAt)).filter((element) => element !== null),
    text: content.map(textOf).join(''),
  };
}

function textOf(node: Node): string {
  if ('#text' in node) return decoded(String(node['#text']).replace(/\r\n?/g, '\n'));
  const [cdata] = '#cdata' in node ? (node['#cdata'] as Node[]) : [];
  return cdata ? String(cdata['#text']) : '';
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Resolves the five named and all numbered entities; any other stays as it is written. */
function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Counts forward from the last place asked for, as elements are asked for in the order in which they stand. */
function lineFinder(source: string, skipped: number): (index: number) => number {
  let at = 0;
  let line = 1 + skipped;
  return (index) => {
    for (; at < index; at++) if (source[at] === '\n') line++;
    return line;
  };
}
