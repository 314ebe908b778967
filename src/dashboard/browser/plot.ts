import uPlot from 'uplot';
import type { Bars } from './figures.ts';

const ink = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export interface PlotParts {
  box: HTMLElement;
  rows: Bars;
  labels: string[];
  /** Called with the bar under the pointer, and with null when it leaves. */
  onPoint(at: number | null): void;
}

const heightPx = 250;
const labelWidthPx = 62;

/** Each bar holds the answered calls below, the missed ones above them, and the rest on top. */
export function columnsOf(rows: Bars): uPlot.AlignedData {
  const measures = rows.map(({ measures }) => measures);
  return [
    rows.map((_, at) => at),
    measures.map(({ calls }) => calls),
    measures.map(({ answered, missed }) => answered + missed),
    measures.map(({ answered }) => answered),
  ];
}

/** Draws the bars into the box, in the colours of the theme. */
export function drawBars({ box, rows, labels, onPoint }: PlotParts): uPlot {
  const bars = uPlot.paths.bars?.({ size: [0.62, 56], radius: 0 });
  const series = (colour: string): uPlot.Series => ({
    fill: ink(colour),
    width: 0,
    paths: bars,
    points: { show: false },
  });
  const axis = { stroke: ink('--quiet'), font: '500 12px Inter, system-ui, sans-serif', ticks: { show: false } };
  const step = Math.max(1, Math.ceil((labels.length * labelWidthPx) / box.clientWidth));
  const options: uPlot.Options = {
    width: box.clientWidth,
    height: heightPx,
    padding: [12, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: () => [-0.5, rows.length - 0.5] },
      y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 30,
        splits: () => labels.map((_, at) => at).filter((at) => at % step === 0),
        values: (_, splits) => splits.map((at) => labels[at] ?? ''),
      },
      {
        ...axis,
        size: 38,
        grid: { stroke: ink('--line'), width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
      },
    ],
    series: [{}, series('--chart-other'), series('--chart-missed'), series('--chart-answered')],
    hooks: {
      setCursor: [
        // Without an event it was only drawn anew, which takes the bar from nobody who went there by keys.
        ({ cursor: { event, left = -1, idx = null } }) => event && onPoint(left < 0 ? null : idx),
      ],
    },
  };
  return new uPlot(options, columnsOf(rows), box);
}
