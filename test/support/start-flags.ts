import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What `npm start` gives to Node, so that a server of a test or a measurement is the server that people start. */
export const startFlags: string[] = scripts.start.split(' ').slice(1, -1);
