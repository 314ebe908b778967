import { expect, test } from 'vitest';
import { connectors } from '../../src/connectors/index.ts';
import { memoryTemplate, newMemoryCrm } from '../support/memory-crm.ts';
import { type Subject, testConnector } from './contract.ts';

const nothing = { file: null, parameters: {} };

const subjects: Record<keyof typeof connectors, Subject> = {
  native: { kind: connectors.native, given: nothing },
  'url-builder': {
    kind: connectors['url-builder'],
    given: { file: null, parameters: { Url: 'https://crm.example/search?phone={phone}' } },
  },
  '3cx-template': {
    kind: connectors['3cx-template'],
    given: { file: memoryTemplate, parameters: { ApiKey: 'CANARY-key' } },
    newCrm: newMemoryCrm,
  },
};

test('every kind of CRM is held to the laws', () => {
  expect(Object.keys(subjects)).toEqual(Object.keys(connectors));
});

for (const [name, subject] of Object.entries(subjects)) testConnector(name, subject);
