import { html } from 'htm/preact';
import type { FiguresFragment } from './documents.generated.ts';
import { todayFigures } from './figures.ts';
import { change, count, duration, longDay, share } from './format.ts';
import { Sourced } from './notice.ts';

interface Compared {
  total: FiguresFragment;
  previous: FiguresFragment | null;
}

interface TileParts {
  label: string;
  value: string;
  before: string | null;
  /** More than yesterday, or less; null where that cannot be said. */
  moved: number | null;
  movedWords: string;
  /** Whether more is better (1), worse (-1), or neither. */
  better: -1 | 0 | 1;
}

/** One figure of today, and how it stood yesterday at this time. */
const Tile = ({ label, value, before, moved, movedWords, better }: TileParts) => {
  const mood = moved === null || moved === 0 || better === 0 ? 'even' : moved * better > 0 ? 'good' : 'bad';
  return html`<li class="tile">
    <span class="tile-label">${label}</span>
    <span class="tile-value">${value}</span>
    <span class="tile-before">${moved !== null && html`<span class=${`moved moved-${mood}`}>${movedWords}</span> `}${before === null ? 'none yesterday' : html`<span class="quiet">yesterday ${before}</span>`}</span>
  </li>`;
};

function tilesOf({ total, previous }: Compared): TileParts[] {
  const counted = (label: string, name: 'calls' | 'answered' | 'missed', better: -1 | 0 | 1): TileParts => {
    const moved = total[name] - (previous?.[name] ?? 0);
    return {
      label,
      value: count(total[name]),
      before: count(previous?.[name] ?? 0),
      moved,
      movedWords: change(moved),
      better,
    };
  };
  const [rate, rateBefore] = [total.answerRate, previous?.answerRate ?? null];
  const points = rate !== null && rateBefore !== null ? Math.round((rate - rateBefore) * 100) : null;
  const talked = total.talkSeconds - (previous?.talkSeconds ?? 0);
  return [
    counted('Calls', 'calls', 0),
    counted('Answered', 'answered', 1),
    counted('Missed', 'missed', -1),
    {
      label: 'Answer rate',
      value: share(rate),
      before: rateBefore === null ? null : share(rateBefore),
      moved: points,
      movedWords: points === null ? '' : `${change(points)} pt`,
      better: 1,
    },
    {
      label: 'Talk time',
      value: duration(total.talkSeconds),
      before: duration(previous?.talkSeconds ?? 0),
      moved: talked,
      movedWords: `${talked > 0 ? '+' : talked < 0 ? '−' : ''}${duration(Math.abs(talked))}`,
      better: 0,
    },
  ];
}

/** How today goes, beside yesterday until the same time. */
export const Today = ({ timeZone }: { timeZone: string }) => html`
  <section aria-labelledby="today">
    <div class="section-head"><h2 id="today" class="big">Today</h2><span class="quiet">${longDay(new Date(), timeZone)}, compared with yesterday at this time</span></div>
    <${Sourced} source=${todayFigures}>${(figures: Compared) => html`<ul class="tiles">${tilesOf(figures).map((tile) => html`<${Tile} key=${tile.label} ...${tile} />`)}</ul>`}<//>
  </section>`;
