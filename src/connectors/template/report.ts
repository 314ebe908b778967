import { type Contact, displayName } from './contacts.ts';
import { formatDate } from './format.ts';
import type { Value } from './value.ts';

export type CallType = 'Inbound' | 'Outbound' | 'Missed' | 'Notanswered';
export type CallDirection = 'Inbound' | 'Outbound';

/** Who took part on our side, and what the lookup at ring time found. */
interface Participants {
  /** What the call shows; the contact's name where it is missing. */
  name?: string;
  agent?: string;
  agentFirstName?: string;
  agentLastName?: string;
  agentEmail?: string;
  queueExtension?: string;
  contact?: Contact | null;
  /** The contact's own ones, unless told. */
  entityId?: string;
  entityType?: string;
}

/** A finished call. Transcription, summary and sentiment that are undefined are unknown to the phone system. */
export interface CallReport extends Participants {
  callType: CallType;
  number: string;
  startedAt: Date;
  establishedAt?: Date | null;
  endedAt?: Date | null;
  recordingUrl?: string;
  transcription?: string;
  summary?: string;
  sentiment?: string;
}

export interface ChatReport extends Participants {
  number?: string;
  email?: string;
  messages: string;
  startedAt: Date;
  endedAt?: Date | null;
}

/** The variables of a call's report: times in UTC, what is not set is empty. */
export function callVariables(report: CallReport, timeZone: string): Record<string, Value> {
  const { callType, startedAt, establishedAt = null, endedAt = null, recordingUrl = '' } = report;
  const local = localTime(timeZone);
  const milliseconds = wholeSeconds(establishedAt, endedAt);
  const optional = { Transcription: report.transcription, Summary: report.summary, Sentiment: report.sentiment };
  return {
    ...participantVariables(report),
    CallType: callType,
    CallDirection: callType === 'Inbound' || callType === 'Missed' ? 'Inbound' : 'Outbound',
    Email: report.contact?.Email ?? '',
    Duration: wholeClock(milliseconds),
    DurationTimespan: { milliseconds },
    DateTime: formatDate(local(startedAt) as Date, 'MM/dd/yyyy HH:mm:ss'),
    CallStartTimeUTC: startedAt,
    CallEndTimeUTC: endedAt,
    CallEstablishedTimeUTC: establishedAt,
    CallStartTimeLocal: local(startedAt),
    CallEndTimeLocal: local(endedAt),
    CallEstablishedTimeLocal: local(establishedAt),
    RecordingUrl: recordingUrl,
    RecordingHyperLink: recordingUrl && `<a href="${recordingUrl}">${recordingUrl}</a>`,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** The variables of a chat's report. A CRM that cannot store emojis is sent none. */
export function chatVariables(report: ChatReport, timeZone: string, supportsEmojis: boolean): Record<string, Value> {
  const { startedAt, endedAt = null, messages } = report;
  const local = localTime(timeZone);
  const milliseconds = wholeSeconds(startedAt, endedAt);
  return {
    ...participantVariables(report),
    Email: report.email ?? '',
    Duration: wholeClock(milliseconds),
    DurationTimespan: { milliseconds },
    ChatMessages: supportsEmojis ? messages : messages.replace(/\p{RGI_Emoji}/gv, ''),
    DateTime: formatDate(local(startedAt) as Date, 'MM/dd/yyyy HH:mm:ss'),
    ChatStartTimeUTC: startedAt,
    ChatEndTimeUTC: endedAt,
    ChatStartTimeLocal: local(startedAt),
    ChatEndTimeLocal: local(endedAt),
  };
}

function participantVariables(report: Participants): Record<string, Value> {
  const contact = report.contact ?? {};
  const outputs = Object.entries(contact).map(([name, value]) => [`Contact::${name}`, value]);
  return {
    Name: report.name ?? displayName(contact),
    Agent: report.agent ?? '',
    AgentFirstName: report.agentFirstName ?? '',
    AgentLastName: report.agentLastName ?? '',
    AgentEmail: report.agentEmail ?? '',
    QueueExtension: report.queueExtension ?? '',
    EntityId: report.entityId ?? contact.EntityId ?? '',
    EntityType: report.entityType ?? contact.EntityType ?? '',
    ...Object.fromEntries(outputs),
  };
}

/** Answers a function that moves a time by what a zone's clocks are ahead of UTC at that time, summer time included. */
function localTime(timeZone: string): (time: Date | null) => Date | null {
  const units = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
  const numeric = Object.fromEntries(units.map((unit) => [unit, 'numeric']));
  const clock = new Intl.DateTimeFormat('en-US', { ...numeric, timeZone, hourCycle: 'h23' });
  return (time) => {
    if (!time || Number.isNaN(time.getTime())) return time;
    const parts = new Map(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = units.map((unit) => parts.get(unit));
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second, time.getUTCMilliseconds()));
  };
}

/** The milliseconds of the whole seconds between two times; none where one of them is missing. */
function wholeSeconds(start: Date | null, end: Date | null): number {
  const milliseconds = start && end ? Math.max(0, end.getTime() - start.getTime()) : 0;
  return Math.floor(milliseconds / 1000) * 1000;
}

/** `hh:mm:ss`, with hours that go on beyond a day. */
function wholeClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
