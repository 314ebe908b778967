import { openScope, type Scope, type UnknownVariables } from '../../../src/connectors/template/scope.ts';
import type { Value } from '../../../src/connectors/template/value.ts';

const parameters = {
  Domain: 'acme',
  Subject: 'A call',
  CallText: '[DateTime]: call from [Number] [Name] ({{rec}})',
  Loop: '[Loop]x',
  Double: '[Double][Double][Double]',
  ReportCallEnabled: 'True',
};

const values: Record<string, Value> = {
  Number: '+33612345678',
  Name: 'Ada [Domain] {{B}} ^^',
  Empty: '',
  Nothing: null,
  CallType: 'Inbound',
  EntityId: '42',
  Page: 2,
  FoundRecordCount: 0,
  DateTime: '06/01/2026 10:00:00',
  Start: new Date('2026-01-05T09:08:07.060Z'),
  Later: new Date('2026-01-05T15:00:00Z'),
  Talk: { milliseconds: 3_725_000 },
  Wait: { milliseconds: 90_061_500 },
  Duration: '01:02:05',
  Created: '2026-03-04T05:06:07Z',
  Amount: '1234567.891',
  Text: '  Hello, World  ',
  Csv: 'a;b;c',
};

/** Opens a scope with one value of each kind. */
export function scope(unknownVariables: UnknownVariables = 'literal', warnings: string[] = []): Scope {
  const known = new Map(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]));
  const warn = (message: string) => void warnings.push(message);
  return openScope({ parameters: known, published: new Map(), unknownVariables, warn }).with(values);
}
