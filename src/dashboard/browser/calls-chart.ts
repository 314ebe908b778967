import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { show, type View, view } from './address.ts';
import { type Bars, overTime, timeZone } from './figures.ts';
import { calls, clock, count, dayName, longDay, share } from './format.ts';
import { Icon } from './icon.ts';
import { Sourced } from './notice.ts';
import { drawBars } from './plot.ts';
import { theme } from './theme.ts';
import { dateIn } from './zone.ts';

type Shown = NonNullable<typeof overTime.value.value>;

const asTable = signal(false);
const pointed = signal<number | null>(null);

const ranges: [View['range'], string][] = [
  ['today', 'Today'],
  ['7d', '7 days'],
  ['30d', '30 days'],
];

/** How many calls there were, and what became of them, hour by hour or day by day. */
export const CallsChart = () => html`
  <section class="card chart-card" aria-labelledby="over-time">
    <div class="card-head">
      <h2 id="over-time">Calls over time</h2>
      <button type="button" class="round" aria-pressed=${asTable.value} aria-label="Show as a table" title="Show as a table" onClick=${() => (asTable.value = !asTable.value)}><${Icon} name=${asTable.value ? 'chart' : 'table'} /></button>
      <div class="segmented" role="group" aria-label="Span of the figures">${ranges.map(
        ([range, word]) =>
          html`<button key=${range} type="button" aria-pressed=${view.value.range === range} onClick=${() => show({ range })}>${word}</button>`,
      )}</div>
    </div>
    <${Sourced} source=${overTime}>${(shown: Shown) => html`
      <p class="chart-sum"><strong>${count(shown.total.calls)}</strong> ${shown.total.calls === 1 ? 'call' : 'calls'} <span class="quiet">· ${count(shown.total.missed)} missed · ${share(shown.total.answerRate)} answer rate</span></p>
      ${asTable.value ? html`<${Table} shown=${shown} />` : html`<${Chart} shown=${shown} />`}
      <${Legend} />`}<//>
  </section>`;

const Legend = () => html`<ul class="legend">
  <li><span class="key key-answered"></span>Answered</li><li><span class="key key-missed"></span>Missed</li><li><span class="key key-other"></span>Nobody reached</li>
</ul>`;

const labelOf = (time: string | null, bucket: Shown['bucket'], range: View['range']) =>
  bucket === 'HOUR' ? clock(time, timeZone()) : range === '7d' ? dayName(time, timeZone()) : dayName(time, timeZone());

const nameOfBar = (time: string | null, bucket: Shown['bucket']) =>
  bucket === 'HOUR' ? clock(time, timeZone()) : longDay(time, timeZone());

const others = ({ calls, answered, missed }: Bars[number]['measures']) => calls - answered - missed;

function Chart({ shown: { rows, bucket, total } }: { shown: Shown }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useRef(0);
  const { range } = view.value;
  const colours = theme.value;
  useEffect(() => {
    const place = box.current as HTMLDivElement;
    const labels = rows.map(({ time }) => labelOf(time, bucket, range));
    const draw = () => drawBars({ box: place, rows, labels, onPoint: (at) => (pointed.value = at) });
    let plot = draw();
    width.current = place.clientWidth;
    const resizes = new ResizeObserver(() => {
      if (place.clientWidth === width.current) return;
      width.current = place.clientWidth;
      plot.destroy();
      plot = draw();
    });
    resizes.observe(place);
    return () => {
      resizes.disconnect();
      plot.destroy();
    };
  }, [rows, bucket, range, colours]);
  const at = pointed.value;
  const row = at === null ? undefined : rows[at];
  const steer = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter' && row) return open(row.time, bucket);
    if (!step) return;
    event.preventDefault();
    const from = pointed.peek();
    pointed.value = Math.min(Math.max((from ?? (step > 0 ? -1 : rows.length)) + step, 0), rows.length - 1);
  };
  // The box is told as well: a plot drawn anew beneath the pointer has not seen it come, and does not see it go.
  const leave = () => (pointed.value = null);
  return html`<div class="plot" role="group" tabindex="0" onKeyDown=${steer} onBlur=${leave} onMouseLeave=${leave} onClick=${() => row && open(row.time, bucket)}
      aria-label=${`Chart of ${calls(total.calls)}. Arrow keys go through it, Enter lists the calls.`}>
    <div ref=${box}></div>
    ${
      row &&
      html`<div class="tip" style=${{ left: `${place(at ?? 0, rows.length)}%` }}>
      <strong>${nameOfBar(row.time, bucket)}</strong>
      <span>${count(row.measures.answered)} answered</span><span>${count(row.measures.missed)} missed</span><span>${count(others(row.measures))} not reached</span>
    </div>`
    }
    <p class="hidden" aria-live="polite">${row && `${nameOfBar(row.time, bucket)}: ${count(row.measures.answered)} answered, ${count(row.measures.missed)} missed`}</p>
  </div>`;
}

/** Where a bar's words stand, in percent of the width, far enough from both ends. */
const place = (at: number, bars: number) => Math.min(Math.max(((at + 0.5) / bars) * 100, 12), 88);

/** Lists the calls of a bar. */
function open(time: string | null, bucket: Shown['bucket']): void {
  if (time === null) return;
  const date = dateIn(new Date(time), timeZone());
  const hour = new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone: timeZone() }).format(
    new Date(time),
  );
  show({ from: date, to: date, hour: bucket === 'HOUR' ? String(Number(hour)) : '', weekday: '' });
  document.getElementById('history')?.scrollIntoView({ block: 'start' });
}

const Table = ({ shown: { rows, bucket } }: { shown: Shown }) => html`
  <div class="scroll chart-table" tabindex="0" role="region" aria-label="Calls over time, as a table">
    <table><thead><tr><th scope="col">${bucket === 'HOUR' ? 'Hour' : 'Day'}</th><th scope="col" class="number">Answered</th><th scope="col" class="number">Missed</th><th scope="col" class="number">Nobody reached</th><th scope="col" class="number">Calls</th></tr></thead>
    <tbody>${rows.map(({ time, measures }) => html`<tr key=${time}><th scope="row">${nameOfBar(time, bucket)}</th><td class="number">${count(measures.answered)}</td><td class="number">${count(measures.missed)}</td><td class="number">${count(others(measures))}</td><td class="number">${count(measures.calls)}</td></tr>`)}</tbody></table>
  </div>`;
