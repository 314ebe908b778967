import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { show } from './address.ts';
import type { WeekByHourQuery } from './documents.generated.ts';
import { today, weekByHour } from './figures.ts';
import { calls, clock, count, weekday } from './format.ts';
import { Sourced } from './notice.ts';
import { addDays } from './zone.ts';

type Rows = WeekByHourQuery['callStats']['rows'];

const days = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const shades = 6;

/** The cell that the arrow keys have reached; its words stand under the map. */
const reached = signal({ day: 1, hour: 9 });
const pointed = signal(false);

const hourName = (hour: number) => clock(new Date(Date.UTC(2024, 0, 1, hour)), 'UTC');

/** When in the week people call. */
export const HeatMap = () => html`
  <section class="card" aria-labelledby="week"><div class="card-head"><h2 id="week">When people call</h2><span class="quiet small">last 30 days, by weekday and hour</span></div>
    <${Sourced} source=${weekByHour}>${(rows: Rows) => html`<${Grid} rows=${rows} />`}<//>
  </section>`;

function Grid({ rows }: { rows: Rows }) {
  const found = new Map(rows.map(({ key, measures }) => [key.map(({ value }) => value).join(), measures]));
  const at = (day: number, hour: number) => found.get(`${day},${hour}`) ?? { calls: 0, missed: 0 };
  const most = Math.max(
    1,
    ...rows.filter(({ key }) => key.every(({ value }) => value !== null)).map(({ measures }) => measures.calls),
  );
  const { day, hour } = reached.value;
  const told = at(day, hour);
  return html`
    <table class="heat" role="grid" aria-label="Calls by weekday and hour; arrow keys go through it, Enter lists the calls" onKeyDown=${steer} onMouseLeave=${() => (pointed.value = false)} onFocusOut=${() => (pointed.value = false)}>
      <thead><tr><td></td>${hours.map((each) => html`<th key=${each} scope="col"><span class="hidden">${hourName(each)}</span>${each % 3 === 0 && html`<span aria-hidden="true">${each}</span>`}</th>`)}</tr></thead>
      <tbody>${days.map(
        (each) => html`<tr key=${each}><th scope="row">${weekday(each)}</th>
        ${hours.map((one) => html`<${Cell} key=${one} day=${each} hour=${one} calls=${at(each, one).calls} most=${most} />`)}</tr>`,
      )}</tbody>
    </table>
    <p class="heat-words quiet" aria-live="polite">${pointed.value ? html`<strong>${weekday(day, 'long')}, ${hourName(hour)}–${hourName((hour + 1) % 24)}</strong>: ${calls(told.calls)}, ${count(told.missed)} missed` : 'Point at an hour to read it, press it to list its calls.'}</p>`;
}

function Cell({ day, hour, calls, most }: { day: number; hour: number; calls: number; most: number }) {
  const here = reached.value.day === day && reached.value.hour === hour;
  const reach = () => {
    reached.value = { day, hour };
    pointed.value = true;
  };
  return html`<td id=${`hour-${day}-${hour}`} class=${`cell shade-${Math.ceil((calls / most) * shades)}`} tabindex=${here ? 0 : -1}
    onMouseEnter=${reach} onFocus=${reach} onClick=${() => list(day, hour)}><span class="hidden">${count(calls)}</span></td>`;
}

function steer(event: KeyboardEvent): void {
  const { day, hour } = reached.value;
  if (event.key === 'Enter') list(day, hour);
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [
    0, 0,
  ];
  if (!down && !right) return;
  event.preventDefault();
  reached.value = {
    day: Math.min(Math.max(day + (down ?? 0), 1), 7),
    hour: Math.min(Math.max(hour + (right ?? 0), 0), 23),
  };
  document.getElementById(`hour-${reached.value.day}-${reached.value.hour}`)?.focus();
}

/** Lists the calls of an hour of the week. */
function list(day: number, hour: number): void {
  show({ weekday: String(day), hour: String(hour), from: addDays(today(), -29), to: today() });
  document.getElementById('history')?.scrollIntoView({ block: 'start' });
}
