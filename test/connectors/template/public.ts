import { existsSync, readFileSync } from 'node:fs';
import { describe } from 'vitest';
import { parseTemplate } from '../../../src/connectors/template/parse.ts';
import { openTemplate } from '../../../src/connectors/template/run.ts';
import type { TemplateSetup } from '../../../src/connectors/template/session.ts';
import { mockCrm } from './crm.ts';

/** Templates of others, which stand beside the checkout; without them there is nothing to test here. */
const folder = new URL('../../../../shared/templates/', import.meta.url);
export const suite = describe.runIf(existsSync(folder));

export const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
export const problemsOf = (xml: string) =>
  parseTemplate(xml).problems.map(({ severity, message }) => `${severity}: ${message}`);

/** Opens a template as it is, at a mock CRM. */
export function open(xml: string, parameters: TemplateSetup['parameters'], routes: Parameters<typeof mockCrm>[0] = {}) {
  const crm = mockCrm(routes);
  const setup = { parameters, send: crm.send, now: () => new Date(0), unknownVariables: 'literal' as const };
  return { ...openTemplate(parseTemplate(xml), setup), crm };
}

export const number = '+33612345678';
export const callTypes = ['Inbound', 'Missed', 'Outbound', 'Notanswered'] as const;
/** One call of a minute and five seconds, if it was answered. */
export const call = (callType: (typeof callTypes)[number], contact: Record<string, string>) => ({
  callType,
  number,
  contact,
  startedAt: new Date('2026-01-05T09:00:00Z'),
  establishedAt: callType.endsWith('bound') ? new Date('2026-01-05T09:00:05Z') : null,
  endedAt: new Date('2026-01-05T09:01:10Z'),
  agent: '101',
  agentFirstName: 'Ada',
  agentEmail: 'ada@pbx.example',
  transcription: 'Hello',
  summary: 'Short',
  recordingUrl: 'https://pbx.example/r/1',
});
