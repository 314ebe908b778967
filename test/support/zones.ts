/** A time zone by its law, without any table of zones: from which moments on, in UTC milliseconds, which offset holds. */
export interface Zone {
  name: string;
  changes: { at: number; offset: number }[];
}

const minute = 60_000;
const years = [2022, 2023, 2024, 2025, 2026, 2027];

/** Of a Sunday: the first on or after a day of a month, or the last of the month; the months count from 1. */
const sundayFrom = (year: number, month: number, day: number): number => {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return Date.UTC(year, month - 1, day + ((7 - weekday) % 7));
};
const lastSunday = (year: number, month: number): number =>
  sundayFrom(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate() - 6);

/** Standard offset, how much clocks are set forward, and when, in UTC; all in minutes. */
function zone(name: string, standard: number, saving: number, forward: Rule | null, back: Rule | null): Zone {
  const rules = [
    ...(forward ? years.map((year) => ({ at: forward(year), offset: standard + saving })) : []),
    ...(back ? years.map((year) => ({ at: back(year), offset: standard })) : []),
  ];
  const southern = forward && back && forward(2025) > back(2025);
  const first = { at: -Infinity, offset: southern ? standard + saving : standard };
  return { name, changes: [first, ...rules.toSorted((a, b) => a.at - b.at)] };
}

type Rule = (year: number) => number;

/** Local hours and minutes of a Sunday, as a moment, where this offset still holds. */
const at = (sunday: Rule, hours: number, minutes: number, offset: number): Rule => {
  return (year) => sunday(year) + (hours * 60 + minutes - offset) * minute;
};

const european: [Rule, Rule] = [at((y) => lastSunday(y, 3), 1, 0, 0), at((y) => lastSunday(y, 10), 1, 0, 0)];
const american = (standard: number): [Rule, Rule] => [
  at((y) => sundayFrom(y, 3, 8), 2, 0, standard),
  at((y) => sundayFrom(y, 11, 1), 2, 0, standard + 60),
];

/** Whole, half and quarter hours; changes by an hour and by half of one, at night, at midnight, and not at all. */
export const zones: Zone[] = [
  zone('Europe/Paris', 60, 60, ...european),
  zone('Atlantic/Azores', -60, 60, ...european),
  zone('America/New_York', -300, 60, ...american(-300)),
  zone('America/St_Johns', -210, 60, ...american(-210)),
  zone(
    'America/Havana',
    -300,
    60,
    at((y) => sundayFrom(y, 3, 8), 0, 0, -300),
    at((y) => sundayFrom(y, 11, 1), 1, 0, -240),
  ),
  zone(
    'America/Santiago',
    -240,
    60,
    at((y) => sundayFrom(y, 9, y === 2022 ? 11 : 2), 4, 0, 0),
    at((y) => sundayFrom(y, 4, 2), 3, 0, 0),
  ),
  zone(
    'Australia/Lord_Howe',
    630,
    30,
    at((y) => sundayFrom(y, 10, 1), 2, 0, 630),
    at((y) => sundayFrom(y, 4, 1), 2, 0, 660),
  ),
  zone(
    'Pacific/Chatham',
    765,
    60,
    at((y) => lastSunday(y, 9), 2, 45, 765),
    at((y) => sundayFrom(y, 4, 1), 3, 45, 825),
  ),
  zone('Asia/Kathmandu', 345, 0, null, null),
];

/** Minutes by which the clocks of the zone are ahead of UTC. */
export const offsetAt = ({ changes }: Zone, moment: number): number =>
  (changes.findLast(({ at }) => at <= moment) as { offset: number }).offset;

/** What a clock of the zone shows, as a date whose UTC fields are to be read. */
export const clockAt = (zone: Zone, moment: number): Date => new Date(moment + offsetAt(zone, moment) * minute);
