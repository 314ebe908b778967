import { describe, expect, test } from 'vitest';
import { evaluateCondition, evaluateText } from '../../../src/connectors/template/expression.ts';
import { scope } from './names.ts';

const text = (expression: string, passes = 0) => evaluateText(expression, scope(), passes);

describe('a text is filled with what its expressions say', () => {
  test.each([
    ['plain text', 'plain text'],
    ['https://[Domain].example/[EntityId]?n=[EscapedNumber]', 'https://acme.example/42?n=%2B33612345678'],
    ['[number] [NUMBER]', '+33612345678 +33612345678'],
    ['[Empty][Nothing]|', '|'],
    ['[EscapedText]', '%20%20Hello%2C%20World%20%20'],
    ['{{^^a^^: {{}}}}', '["a": []]'],
    ['{{Download}}([EntityId])', '[Download](42)'],
    ['a [ b ] c', 'a [ b ] c'],
    ['[1,2] []', '[1,2] []'],
    ['[not closed', '[not closed'],
    ['closed] [EntityId]', 'closed] 42'],
    ['[[[EntityId', '[[[EntityId'],
    ['[Page+1] [Page-1] [Page*3] [Page/2]', '3 1 6 1'],
    ['[[EntityId]]', '42'],
    ['[LineBreak]', '\n'],
    ['[Contact::ContactID]', ''],
    ['[Start]', '01/05/2026 09:08:07'],
    ['[Talk]', '01:02:05'],
    ['[Wait]', '1.01:01:01.5000000'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected));
});

describe('methods are those of .NET', () => {
  test.each([
    ['[[Number].Replace("+","%2B")]', '%2B33612345678'],
    ['[[Number].Replace(+,00)]', '0033612345678'],
    ['[[Number].Replace("+","").Substring(2)]', '612345678'],
    ['[[Number].Substring(1,2)]', '33'],
    ['[[Number].Substring(90)]', ''],
    ['[[Text].Trim()]|', 'Hello, World|'],
    ['[[Text].TrimStart().ToUpper()]|', 'HELLO, WORLD  |'],
    ['[[Text].ToLowerInvariant().TrimEnd()]|', '  hello, world|'],
    ['[[Number].TrimStart("+3")]', '612345678'],
    ['[[Text].Replace( ,)]', 'Hello,World'],
    ['[[Text].Contains("World")] [[Text].Contains(world)]', 'True False'],
    ['[[Number].StartsWith("+")] [[Number].EndsWith(79)]', 'True False'],
    ['[[Number].IndexOf("6")] [[Number].LastIndexOf(6)]', '3 9'],
    ['[[Number].Length] [[Number].get_Length()]', '12 12'],
    ['[[EntityId].PadLeft(5,0)]', '00042'],
    ['[[Csv].Split(";").GetValue(1)] [[Csv].Split(;).Length]', 'b 3'],
    ['[[Csv].Replace(";","\\").Replace("\\","")]', 'abc'],
    ['[[Csv].Replace(^^;^^,^^"^^)]', 'a"b"c'],
    ['[[[Talk].get_TotalSeconds()].ToString("F0")]', '3725'],
    ['[[Talk].TotalMinutes.ToString("0.00")]', '62.08'],
    ['[[Duration].get_TotalSeconds()]', '3725'],
    ['[[Wait].get_Days()] [[Wait].Hours] [[Wait].get_TotalMilliseconds()]', '1 1 90061500'],
    ['[[Talk].ToString("hh\\:mm")] [[Talk].ToString("mm:ss")]', '01:02 02:05'],
    ['[[Start].ToString("yyyy-MM-ddTHH:mm:ssZ")]', '2026-01-05T09:08:07Z'],
    ['[[Start].ToString(yyyy-MM-ddTHH:mmZ)]', '2026-01-05T09:08Z'],
    ['[[Start].ToString("dddd, d MMM yy h:m tt")]', 'Monday, 5 Jan 26 9:8 AM'],
    ['[[Start].ToString("s")] [[Start].ToString("o")]', '2026-01-05T09:08:07 2026-01-05T09:08:07.0600000Z'],
    ['[[Start].ToString("\'at\' HH.fff")]', 'at 09.060'],
    ['[[Start].AddHours(2).ToString("HH:mm zzz")]', '11:08 +00:00'],
    ['[[Nothing].ToString("yyyy")]', ''],
    ['[[Created].ToString("dd.MM.yyyy")]', '04.03.2026'],
    ['[[Amount].ToString("N1")] [[Amount].ToString("#,##0.00")]', '1,234,567.9 1,234,567.89'],
    ['[[EntityId].ToString("D5")] [[EntityId].ToString("0000.#")]', '00042 0042'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected));

  test('a method that nobody knows changes nothing, and a warning tells it', () => {
    const warnings: string[] = [];
    expect(evaluateText('[[EntityId].Explode(1)]', scope('literal', warnings))).toBe('42');
    expect(warnings).toEqual(['There is no method Explode.']);
  });
});

describe('IIf chooses', () => {
  test.each([
    ['[IIf([CallType]==Inbound,in,out)]', 'in'],
    ['[IIf([CallType]!=Inbound, in , out )]', 'out'],
    ['[IIf([Empty]=="","",companies/[EntityId])]', ''],
    ['[IIf([EntityId]=="",,companies/[EntityId]/x)]', 'companies/42/x'],
    ['[IIf([ReportCallEnabled]!=True||[EntityId]=="",True,[IIf([CallType]!=Inbound,True,False)])]', 'False'],
    ['[IIf([CallType]==Missed,a,IIf([CallType]==Inbound,b,c))]', 'b'],
    ['[IIf([Number].StartsWith("+"),Call (from [Number]),no)]', 'Call (from +33612345678)'],
    ['[IIf([Talk].get_TotalSeconds()>60,long,short)]', 'long'],
    ['[IIf([EntityId]==42,<br/>,x)]', '<br/>'],
    ['[[IIf([EntityId]==42,ab,cd)].ToUpper()]', 'AB'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected));
});

describe('conditions', () => {
  test.each([
    ['', false],
    ['True', true],
    ['false', false],
    ['[ReportCallEnabled]!=True||[EntityId]==""', false],
    ['[CallType]=="Inbound"&&[EntityId]!=""', true],
    ['[CallType]==Missed||[CallType]==Inbound&&[Empty]==x', false],
    ['([CallType]==Missed||[CallType]==Inbound)&&[Empty]==""', true],
    ['[FoundRecordCount]>0', false],
    ['[Page]>=2', true],
    ['[EntityId]<100', true],
    ['[Start]<[Later]', true],
    ['[Number]==33612345678', false],
    ['[Unknown]==""', false],
    ['[[Number].Contains("336")]', true],
    ['[[Number].Contains("336")]==True', true],
    ['[Nothing]==""', true],
    ['yes', false],
  ])('%s', (condition, expected) => expect(evaluateCondition(condition, scope())).toBe(expected));
});

describe('passes', () => {
  test('a parameter that holds expressions is evaluated by the next pass', () => {
    expect(text('[[CallText]]', 0)).toBe('[DateTime]: call from [Number] [Name] ({{rec}})');
    expect(text('[[CallText]]', 2)).toBe('06/01/2026 10:00:00: call from +33612345678 Ada [Domain] {{B}} ^^ ([rec])');
    expect(text('[IIf([CallType]==Inbound,[CallText],no)]', 1)).toContain('call from +33612345678');
  });

  test('what a caller or a CRM wrote is never evaluated, however many passes there are', () => {
    expect(text('[Name]', 5)).toBe('Ada [Domain] {{B}} ^^');
    expect(text('[[Name].Replace("Ada","[EntityId]")]', 5)).toBe('42 [Domain] {{B}} ^^');
  });

  test('a parameter that names itself comes to rest', () => {
    expect(text('[Loop]', 999)).toMatch(/^\[Loop\]x+$/);
    expect(text('[Double]', 999).length).toBeLessThanOrEqual(1_000_000);
  });
});

test('a name that nobody knows stays as it is written, or is empty, as the phone system does it', () => {
  const warnings: string[] = [];
  expect(evaluateText('a[Transcription]b', scope('literal', warnings), 2)).toBe('a[Transcription]b');
  expect(evaluateText('a[Transcription]b', scope('empty', warnings), 2)).toBe('ab');
  expect(warnings).toEqual([
    'Nothing is known as [Transcription]; it is sent as it is written.',
    'Nothing is known as [Transcription]; it is left empty.',
  ]);
});
