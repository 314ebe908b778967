const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The one-letter date formats of .NET in the invariant culture, spelt out. */
const standardDates = new Map(
  Object.entries({
    d: 'MM/dd/yyyy',
    D: 'dddd, dd MMMM yyyy',
    f: 'dddd, dd MMMM yyyy HH:mm',
    F: 'dddd, dd MMMM yyyy HH:mm:ss',
    g: 'MM/dd/yyyy HH:mm',
    G: 'MM/dd/yyyy HH:mm:ss',
    m: 'MMMM dd',
    M: 'MMMM dd',
    o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    s: "yyyy-MM-dd'T'HH:mm:ss",
    t: 'HH:mm',
    T: 'HH:mm:ss',
    u: "yyyy-MM-dd HH:mm:ss'Z'",
    U: 'dddd, dd MMMM yyyy HH:mm:ss',
    y: 'yyyy MMMM',
    Y: 'yyyy MMMM',
  }),
);

const literals = `'[^']*'?|"[^"]*"?|\\\\[\\s\\S]?`;
const dateSigns = new RegExp(`${literals}|%|y+|M+|d+|H+|h+|m+|s+|f+|F+|t+|z+|K|[\\s\\S]`, 'g');
const timespanSigns = new RegExp(`${literals}|%|d+|h+|m+|s+|f+|F+|[\\s\\S]`, 'g');

const pad = (value: number, width: number) => String(value).padStart(Math.min(width, 20), '0');

/** Writes a time as .NET's `DateTime.ToString(format)` does, in UTC; `T` and `Z` stand for themselves. */
export function formatDate(date: Date, format: string): string {
  if (Number.isNaN(date.getTime())) return '';
  const custom = standardDates.get(format || 'G') ?? format;
  return (custom.match(dateSigns) ?? []).map((sign) => datePart(date, sign)).join('');
}

function datePart(date: Date, sign: string): string {
  const width = sign.length;
  const hours = date.getUTCHours();
  switch (sign[0]) {
    case 'y':
      return width < 3 ? pad(date.getUTCFullYear() % 100, width) : pad(date.getUTCFullYear(), width);
    case 'M':
      return name(months, date.getUTCMonth(), width) ?? pad(date.getUTCMonth() + 1, width);
    case 'd':
      return name(days, date.getUTCDay(), width) ?? pad(date.getUTCDate(), width);
    case 'H':
      return pad(hours, Math.min(width, 2));
    case 'h':
      return pad(hours % 12 || 12, Math.min(width, 2));
    case 'm':
      return pad(date.getUTCMinutes(), Math.min(width, 2));
    case 's':
      return pad(date.getUTCSeconds(), Math.min(width, 2));
    case 'f':
    case 'F':
      return fraction(date.getUTCMilliseconds(), sign);
    case 't':
      return (hours < 12 ? 'AM' : 'PM').slice(0, width);
    case 'z':
      return ['+0', '+00'][width - 1] ?? '+00:00';
    case 'K':
      return 'Z';
    default:
      return literal(sign);
  }
}

/** Three letters ask for a short name and four for a whole one. */
const name = (names: string[], index: number, width: number) =>
  width < 3 ? null : (names[index] as string).slice(0, width === 3 ? 3 : undefined);

/** Tenths, hundredths and so on; a capital leaves out the zeros at the end. */
function fraction(milliseconds: number, sign: string): string {
  const digits = pad(milliseconds, 3).padEnd(7, '0').slice(0, sign.length);
  return sign.startsWith('F') ? digits.replace(/0+$/, '') : digits;
}

function literal(sign: string): string {
  if (sign.startsWith('\\')) return sign.slice(1);
  if (/^['"]/.test(sign)) return sign.slice(1).replace(/['"]$/, '');
  return sign === '%' ? '' : sign;
}

/** Writes a length of time as .NET's `TimeSpan.ToString(format)` does, but forgives separators without a backslash. */
export function formatTimespan(milliseconds: number, format: string): string {
  const size = Math.abs(Math.trunc(milliseconds));
  const sign = milliseconds < 0 ? '-' : '';
  const wholeDays = Math.floor(size / 86_400_000);
  const units: Record<string, number> = {
    d: wholeDays,
    h: Math.floor(size / 3_600_000) % 24,
    m: Math.floor(size / 60_000) % 60,
    s: Math.floor(size / 1000) % 60,
  };
  if (/^(|c|t|T)$/.test(format)) {
    const rest = size % 1000 ? `.${pad(size % 1000, 3)}0000` : '';
    const clock = [units.h, units.m, units.s].map((value) => pad(value as number, 2)).join(':');
    return `${sign}${wholeDays ? `${wholeDays}.` : ''}${clock}${rest}`;
  }
  const custom =
    format === 'g' ? (wholeDays ? 'd:h:mm:ss' : 'h:mm:ss') : format === 'G' ? 'd:hh:mm:ss.fffffff' : format;
  const parts = (custom.match(timespanSigns) ?? []).map((part) => {
    const unit = units[part[0] as string];
    if (unit !== undefined) return pad(unit, part.length);
    return /^[fF]/.test(part) ? fraction(size % 1000, part) : literal(part);
  });
  return (/^[gG]$/.test(format) ? sign : '') + parts.join('');
}

/** Writes a number as .NET does: `F0`, `N2`, `D3`, `G`, `P1`, `X`, or a picture such as `#,##0.00`. */
export function formatNumber(value: number, format: string): string {
  const [, letter, digits] = /^([a-z])(\d{0,2})$/i.exec(format) ?? [];
  if (letter) return standardNumber(value, letter.toUpperCase(), digits ? Number(digits) : null);
  const sections = format.split(';');
  const picture = value < 0 && sections[1] ? sections[1] : (sections[0] ?? '');
  const body = /[0#][0#,]*(?:\.[0#]*)?/.exec(picture);
  if (!body) return format === '' ? String(value) : picture;
  const [whole = '', decimals = ''] = body[0].split('.');
  const scaled = picture.includes('%') ? value * 100 : value;
  const fixed = Math.abs(scaled).toFixed(Math.min(decimals.length, 20));
  const [integer = '', behind = ''] = fixed.split('.');
  const least = decimals.replace(/#+$/, '').length;
  const kept = behind.slice(0, least) + behind.slice(least).replace(/0+$/, '');
  const digitsWanted = (whole.match(/0/g) ?? []).length;
  const front = (integer === '0' && digitsWanted === 0 ? '' : integer).padStart(digitsWanted, '0');
  const written = (whole.includes(',') ? grouped(front) : front) + (kept ? `.${kept}` : '');
  const sign = value < 0 && !sections[1] ? '-' : '';
  return sign + picture.slice(0, body.index) + written + picture.slice(body.index + body[0].length);
}

function standardNumber(value: number, letter: string, digits: number | null): string {
  switch (letter) {
    case 'F':
      return value.toFixed(digits ?? 2);
    case 'N':
      return value.toFixed(digits ?? 2).replace(/^-?\d+/, grouped);
    case 'P':
      return `${(value * 100).toFixed(digits ?? 2).replace(/^-?\d+/, grouped)} %`;
    case 'D':
      return (value < 0 ? '-' : '') + String(Math.abs(Math.trunc(value))).padStart(digits ?? 1, '0');
    case 'E':
      return value.toExponential(digits ?? 6).toUpperCase();
    case 'X':
      return Math.abs(Math.trunc(value))
        .toString(16)
        .toUpperCase()
        .padStart(digits ?? 1, '0');
    default:
      return String(value);
  }
}

const grouped = (integer: string) => integer.replace(/\B(?=(\d{3})+$)/g, ',');
