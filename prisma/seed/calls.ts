import { v7 as uuid } from 'uuid';
import { agents, company, notes, type Party, queues, strangers, subjects } from './cast.ts';
import type { Chance } from './chance.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** How busy each hour from 8 to 19 is. */
const rush = [3, 7, 11, 10, 6, 3, 7, 11, 10, 8, 4, 1];
const firstHour = 8;

export interface DemoCall {
  id: string;
  direction: 'INBOUND' | 'OUTBOUND';
  status: 'COMPLETED' | 'MISSED' | 'NOTANSWERED' | 'BUSY';
  answered: boolean;
  party: Party;
  agent: (typeof agents)[number];
  queue: (typeof queues)[number] | null;
  startTime: Date;
  ringSeconds: number;
  talkSeconds: number;
  subject: string | null;
  body: string | null;
  /** What the call flow knew of it. */
  context: { id: string; order: number } | null;
}

/** Every call of the days before `end`, oldest first; most missed ones are called back within two hours. */
export function demoCalls(chance: Chance, parties: Party[], days: number, end: Date): DemoCall[] {
  const calls: DemoCall[] = [];
  for (let ago = days; ago >= 0; ago--) {
    const midnight = Math.floor((end.getTime() - ago * day) / day) * day;
    const weekend = [0, 6].includes(new Date(midnight).getUTCDay());
    const volume = weekend ? chance.between(1, 4) : chance.between(16, 27);
    for (let count = 0; count < volume; count++) {
      const hour = firstHour - 1 + chance.weighted(rush);
      const call = demoCall(
        chance,
        parties,
        new Date(midnight + hour * 60 * minute + chance.between(0, 3599) * second),
      );
      calls.push(call);
      if (isMissed(call) && chance.happens(0.72)) calls.push(callBack(chance, call));
    }
  }
  const past = calls.filter(({ startTime }) => startTime < end);
  const once = new Map(past.map((call) => [`${call.direction} ${call.party.number} ${Number(call.startTime)}`, call]));
  return [...once.values()].toSorted((a, b) => Number(a.startTime) - Number(b.startTime));
}

const isMissed = ({ direction, answered }: DemoCall) => direction === 'INBOUND' && !answered;

function demoCall(chance: Chance, parties: Party[], startTime: Date): DemoCall {
  const direction = chance.happens(0.74) ? 'INBOUND' : 'OUTBOUND';
  const answered = chance.happens(direction === 'INBOUND' ? 0.84 : 0.7);
  const missed = direction === 'INBOUND' ? 'MISSED' : chance.oneOf(['NOTANSWERED', 'BUSY'] as const);
  return {
    id: uuid({ msecs: startTime.getTime() }),
    direction,
    status: answered ? 'COMPLETED' : missed,
    answered,
    party: partyOf(chance, parties),
    agent: agents[chance.weighted([5, 4, 3, 2])] as (typeof agents)[number],
    queue: direction === 'INBOUND' && chance.happens(0.85) ? chance.oneOf(queues) : null,
    startTime,
    ringSeconds: chance.between(3, answered ? 35 : 55),
    talkSeconds: answered ? chance.between(20, 240) * (chance.happens(0.25) ? 4 : 1) : 0,
    subject: answered && chance.happens(0.7) ? chance.oneOf(subjects) : null,
    body: answered && chance.happens(0.3) ? chance.oneOf(notes) : null,
    context:
      direction === 'INBOUND' && answered && chance.happens(0.35)
        ? { id: uuid({ msecs: startTime.getTime() }), order: chance.between(1000, 1999) }
        : null,
  };
}

/** Most callers are known, some call now and then, and some only once. */
function partyOf(chance: Chance, parties: Party[]): Party {
  if (chance.happens(0.62)) return chance.oneOf(parties);
  if (chance.happens(0.4)) return chance.oneOf(strangers);
  return { number: `+336${chance.between(10_000_000, 99_999_999)}`, contactId: null };
}

function callBack(chance: Chance, missed: DemoCall): DemoCall {
  const startTime = new Date(missed.startTime.getTime() + chance.between(4, 120) * minute);
  const spoken = { direction: 'OUTBOUND', status: 'COMPLETED', answered: true, queue: null } as const;
  const subject = chance.oneOf(subjects);
  return {
    ...missed,
    ...spoken,
    id: uuid({ msecs: startTime.getTime() }),
    startTime,
    subject,
    talkSeconds: chance.between(40, 420),
    context: null,
  };
}

/** The call as it is stored. */
export function callRow(call: DemoCall) {
  const { party, agent, direction, startTime } = call;
  const endTime = new Date(startTime.getTime() + (call.ringSeconds + call.talkSeconds) * second);
  const outbound = direction === 'OUTBOUND';
  return {
    id: call.id,
    direction,
    status: call.status,
    answered: call.answered,
    numberFrom: outbound ? agent.extension : party.number,
    numberTo: outbound ? party.number : agent.extension,
    numberExternal: party.number,
    numberInternal: agent.extension,
    numberDid: outbound ? null : company,
    numbersSent: { numberExternal: party.number, numberInternal: agent.extension },
    source: '3cx',
    durationSeconds: call.talkSeconds,
    startTime,
    endTime,
    subject: call.subject,
    body: call.body,
    queueExtension: call.queue?.extension ?? null,
    agentFirstName: agent.firstName,
    agentLastName: agent.lastName,
    agentEmail: agent.email,
    agentKey: agent.email,
    contactId: party.contactId,
    callContextId: call.context?.id ?? null,
    contextData: call.context && { order: call.context.order, menu: 'delivery' },
    createdAt: endTime,
    updatedAt: endTime,
  };
}

/** The way of the call through the company, where it was told. */
export function legRows({ id, queue, agent, answered, startTime, ringSeconds, talkSeconds }: DemoCall) {
  if (!queue) return [];
  const at = (seconds: number) => new Date(startTime.getTime() + seconds * second);
  const waited = Math.ceil(ringSeconds / 2);
  const legs = [
    {
      dnType: 'CALL_QUEUE',
      dn: queue.extension,
      displayName: queue.name,
      answered: false,
      startTime,
      answerTime: null,
      endTime: at(waited),
    },
    {
      dnType: 'EXTENSION',
      dn: agent.extension,
      displayName: `${agent.firstName} ${agent.lastName}`,
      answered,
      startTime: at(waited),
      answerTime: answered ? at(ringSeconds) : null,
      endTime: at(ringSeconds + talkSeconds),
    },
  ] as const;
  return legs.map((leg, index) => ({ ...leg, id: uuid(), phoneCallId: id, order: index + 1 }));
}
