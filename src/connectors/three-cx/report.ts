import type { ChatModel, PhoneCallModel } from '../../store/prisma/models.ts';
import type { CallReport, CallType, ChatReport } from '../template/report.ts';
import type { Party } from './party.ts';

/** A stored call as a phone system reports it. */
export function callReport(call: PhoneCallModel, party: Party): CallReport {
  return {
    ...participants(call, party),
    ...callTimes(call),
    callType: callType(call),
    number: numberOf(call.numberExternal),
    agent: call.numberInternal,
    recordingUrl: call.recordingUrl ?? '',
    transcription: call.transcription ?? '',
    summary: call.summary ?? '',
    sentiment: call.sentiment ?? '',
  };
}

/** A stored chat as a phone system reports it. */
export function chatReport(chat: ChatModel, party: Party): ChatReport {
  const startedAt = chat.startTime ?? chat.createdAt;
  return {
    ...participants(chat, party),
    agent: chat.agent ?? '',
    number: numberOf(chat.numberExternal),
    email: chat.email ?? '',
    messages: chat.chatMessages ?? '',
    startedAt,
    endedAt: chat.endTime ?? later(startedAt, chat.durationSeconds),
  };
}

type Reported = Pick<PhoneCallModel, 'agentFirstName' | 'agentLastName' | 'agentEmail' | 'queueExtension'>;

const participants = (report: Reported, { found, name, entityId, entityType }: Party) => ({
  contact: found?.outputs ?? null,
  ...(name && { name }),
  entityId: entityId ?? '',
  entityType: entityType ?? '',
  agentFirstName: report.agentFirstName ?? '',
  agentLastName: report.agentLastName ?? '',
  agentEmail: report.agentEmail ?? '',
  queueExtension: report.queueExtension ?? '',
});

function callType({ direction, answered }: PhoneCallModel): CallType {
  if (direction === 'OUTBOUND') return answered ? 'Outbound' : 'Notanswered';
  return answered ? 'Inbound' : 'Missed';
}

/** A phone system sends nothing where a caller withheld the number. */
const numberOf = (canonical: string | null) => (canonical === 'anonymous' ? '' : (canonical ?? ''));

/** The duration is the time spoken, so an answered call was established that long before its end. */
function callTimes({ startTime, endTime, durationSeconds, answered, createdAt }: PhoneCallModel) {
  const startedAt = startTime ?? later(endTime, durationSeconds && -durationSeconds) ?? endTime ?? createdAt;
  const endedAt = endTime ?? later(startedAt, durationSeconds) ?? startedAt;
  const spoken = later(endedAt, durationSeconds === null ? null : -durationSeconds) ?? startedAt;
  return { startedAt, endedAt, establishedAt: answered ? (spoken < startedAt ? startedAt : spoken) : null };
}

const later = (time: Date | null, seconds: number | null): Date | null =>
  time && seconds !== null ? new Date(time.getTime() + seconds * 1000) : null;
