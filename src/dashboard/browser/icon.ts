import { html } from 'htm/preact';

/** Drawn on a grid of 24, with strokes in the colour of the text around. */
const paths = {
  inbound: 'M17 7 7 17M7 9v8h8',
  outbound: 'M7 17 17 7M9 7h8v8',
  internal: 'M4 9h15l-4-4M20 15H5l4 4',
  missed: 'M20 6 12 14 5 7M5 13V7h6',
  phone:
    'M6.6 3.5 9 4l1.5 4-2 1.6a12 12 0 0 0 5.9 5.9l1.6-2 4 1.5.5 2.4a2 2 0 0 1-2 2.6A16.5 16.5 0 0 1 4 5.5a2 2 0 0 1 2.6-2Z',
  close: 'M6 6l12 12M18 6 6 18',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14Zm5-2 5 5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z',
  leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  next: 'm9 5 7 7-7 7',
  previous: 'm15 5-7 7 7 7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20.5c1-4 4.200-5.500 8-5.500s7 1.500 8 5.500',
  outside: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  check: 'm5 12.500 4.500 4.500L19 7',
  add: 'M12 5v14M5 12h14',
  table: 'M4 5h16v14H4zM4 10h16M10 10v9',
  chart: 'M5 20V11M12 20V4M19 20v-6',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside words; screen readers pass it over. */
export const Icon = ({ name }: { name: IconName }) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
