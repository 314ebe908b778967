/** A request of every operation that the server takes as it stands here. */
export const examples: Record<string, Record<string, unknown>> = {
  SearchContacts: { phone: '0612345678' },
  CreateContact: {
    last_name: 'Martin',
    first_name: 'Camille',
    phone: '0612345678',
    email: 'camille.martin@example.com',
  },
  ListPhoneCalls: { 'filter[direction]': 'inbound', 'filter[start_time]': '2026-03-01,', include: 'segments,logs' },
  LogPhoneCall: {
    direction: 'inbound',
    status: 'completed',
    number_external: '0612345678',
    number_internal: '101',
    start_time_utc: '2026-03-01T10:00:00Z',
    duration: 180,
    subject: 'Order 1042',
    agent_email: 'lea.bernard@example.com',
  },
  SaveCallContext: {
    direction: 'inbound',
    number_from: '0612345678',
    start_time_utc: '2026-03-01T10:00:00Z',
    context_data: [{ key: 'order', value: 1042 }],
  },
  LogChat: {
    email: 'camille.martin@example.com',
    start_time_utc: '2026-03-01T10:00:00Z',
    duration: 600,
    chat_messages: 'Camille: Hello!',
  },
  ExportCsv: { 'filter[status]': 'missed,notanswered', sort: 'start_time' },
  ExportNdjson: { 'filter[start_time]': '1772323200000,1772409600000' },
};
