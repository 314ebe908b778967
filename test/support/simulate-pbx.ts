import { parseArgs } from 'node:util';
import type { CallType } from '../../src/connectors/template/report.ts';
import { type Pbx, plugIn, sendThrough } from './pbx.ts';

// Fills a running server with lifelike traffic:
//   npm run simulate-pbx -- --url http://127.0.0.1:4000 --token crm_… --calls 50

const usage = 'Usage: npm run simulate-pbx -- --url URL --token TOKEN [--calls 50]';

const names = ['+33612345678', '+4930901820', '+33756789012'];
const agents = [
  { agent: '101', agentFirstName: 'Léa', agentLastName: 'Bernard', agentEmail: 'lea.bernard@example.com' },
  { agent: '102', agentFirstName: 'Noah', agentLastName: 'Petit', agentEmail: 'noah.petit@example.com' },
];
const callTypes: CallType[] = ['Inbound', 'Inbound', 'Inbound', 'Outbound', 'Outbound', 'Missed', 'Notanswered'];

const second = 1000;
const day = 86_400 * second;

const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item;
const within = (from: number, to: number) => from + Math.random() * (to - from);

/** Somebody known, somebody unknown, or somebody who hides. */
function anyNumber(): string {
  const chance = Math.random();
  if (chance < 0.5) return pick(names);
  return chance < 0.9 ? `+336${Math.floor(within(10_000_000, 99_999_999))}` : '';
}

/** One call, or now and then a chat; what a phone system does with it, reporting one in ten twice. */
async function oneConversation(
  pbx: Pbx,
  saveContext: (number: string, startedAt: Date) => Promise<void>,
): Promise<string> {
  const startedAt = new Date(Math.floor((Date.now() - within(0, 7 * day)) / second) * second);
  const agent = pick(agents);
  if (Math.random() < 0.1) {
    const endedAt = new Date(startedAt.getTime() + within(60, 900) * second);
    await pbx.chat({
      ...agent,
      email: 'camille.martin@example.com',
      messages: 'Camille: Hello!\nHello, how can I help?',
      startedAt,
      endedAt,
    });
    return 'chat';
  }
  const callType = pick(callTypes);
  const answered = callType === 'Inbound' || callType === 'Outbound';
  const number = anyNumber();
  const establishedAt = answered ? new Date(startedAt.getTime() + within(3, 30) * second) : null;
  const endedAt = new Date((establishedAt ?? startedAt).getTime() + within(5, answered ? 600 : 40) * second);
  const report = { ...agent, callType, number, startedAt, establishedAt, endedAt };
  if (number !== '' && callType === 'Inbound') await saveContext(number, startedAt);
  await pbx.call(report);
  if (Math.random() < 0.1) await pbx.call(report);
  return callType;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, token: { type: 'string' }, calls: { type: 'string', default: '50' } },
  });
  const calls = Number(values.calls);
  if (!values.url || !values.token || !Number.isInteger(calls) || calls < 1) throw new Error(usage);
  const { url, token } = values;
  const xml = await (await fetch(`${url}/3cx/template.xml?auth=token`)).text();
  const pbx = plugIn({ xml, parameters: { Token: token }, send: sendThrough(fetch) });
  const saveContext = async (number: string, startedAt: Date) => {
    const body = {
      direction: 'inbound',
      number_from: number,
      number_to: '+33170990000',
      start_time_utc: startedAt,
      context_data: { menu: pick(['sales', 'delivery']) },
    };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    await fetch(`${url}/api/crm/lookup/phone-calls/context`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const counts: Record<string, number> = {};
  for (let done = 1; done <= calls; done++) {
    const kind = await oneConversation(pbx, saveContext);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${calls}`);
  }
  if (process.stdout.isTTY) process.stdout.write('\n');
  process.stdout.write(`${JSON.stringify(counts)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
