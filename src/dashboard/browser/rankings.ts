import { html } from 'htm/preact';
import { show } from './address.ts';
import { type Ranked, rankings, span } from './figures.ts';
import { count, duration, share } from './format.ts';
import { Sourced } from './notice.ts';

interface RankingParts {
  title: string;
  id: string;
  rows: Ranked;
  nameOf(value: string): string;
  /** Which filter lists the calls of a row. */
  filter: 'agent' | 'queue';
  nobody: string;
}

const shown = 8;

/** The busiest agents and queues of the span; each row lists its calls. */
export const Rankings = ({ agentNames }: { agentNames: ReadonlyMap<string, string> }) => html`
  <${Sourced} source=${rankings}>${({
    agents,
    queues,
  }: {
    agents: { rows: Ranked };
    queues: { rows: Ranked };
  }) => html`<div class="halves">
    <${Ranking} title="Agents" id="agents" rows=${agents.rows} filter="agent" nobody="No call was attributed to anybody." nameOf=${(key: string) => agentNames.get(key) ?? key} />
    <${Ranking} title="Queues" id="queues" rows=${queues.rows} filter="queue" nobody="No call came through a queue." nameOf=${(key: string) => `Queue ${key}`} />
  </div>`}<//>`;

function Ranking({ title, id, rows, nameOf, filter, nobody }: RankingParts) {
  const known = rows.filter(({ key }) => key[0]?.value != null).toSorted((a, b) => b.measures.calls - a.measures.calls);
  const most = known[0]?.measures.calls ?? 1;
  return html`<section class="card" aria-labelledby=${id}><h2 id=${id}>${title}</h2>
    ${
      known.length === 0
        ? html`<p class="quiet">${nobody}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby=${id}><table class="ranking">
      <thead><tr><th scope="col">${title.replace(/s$/, '')}</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Missed</th><th scope="col" class="number">Answer rate</th><th scope="col" class="number">Mean talk</th></tr></thead>
      <tbody>${known.slice(0, shown).map(
        ({ key: [key], measures }) => html`<tr key=${key?.value}>
        <th scope="row"><button type="button" class="name" onClick=${() => list(filter, key?.value ?? '')}>${nameOf(key?.value ?? '')}</button><span class="bar" aria-hidden="true"><span style=${{ width: `${(measures.calls / most) * 100}%` }}></span></span></th>
        <td class="number">${count(measures.calls)}</td><td class="number">${count(measures.missed)}</td><td class="number">${share(measures.answerRate)}</td><td class="number">${duration(measures.averageTalkSeconds)}</td>
      </tr>`,
      )}</tbody></table></div>`
    }
  </section>`;
}

function list(filter: 'agent' | 'queue', value: string): void {
  show({ agent: '', queue: '', [filter]: value, ...span() });
  document.getElementById('history')?.scrollIntoView({ block: 'start' });
}
