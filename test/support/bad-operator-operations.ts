/** Operations of figures and of operators, with the variables that some value may spoil. */
export const otherOperations: {
  operation: string;
  document: string;
  base(number: number): object;
  fields: string[];
}[] = [
  {
    operation: 'callStats',
    document: `query ($filter: PhoneCallFilter, $bucket: StatsBucket, $groupBy: [StatsDimension!], $timeZone: String, $compareTo: StatsComparison) {
        callStats(filter: $filter, bucket: $bucket, groupBy: $groupBy, timeZone: $timeZone, compareTo: $compareTo) {
          timeZone total { calls } rows { time measures { calls } drillDown } } }`,
    base: () => ({
      filter: { startTime: { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' } },
      bucket: 'HOUR',
    }),
    fields: ['filter', 'bucket', 'groupBy', 'timeZone', 'compareTo'],
  },
  {
    operation: 'filtered',
    document: `query ($search: String, $texts: [String!], $hours: [Int!], $zone: String, $more: [PhoneCallFilter!]) {
        phoneCalls(filter: { search: $search, agent: $texts, queueExtension: $texts, source: $texts,
          localTime: { hourOfDay: $hours, weekday: $hours, timeZone: $zone }, and: $more, or: $more }) { totalCount } }`,
    base: () => ({ search: 'a subject' }),
    fields: ['search', 'texts', 'hours', 'zone', 'more'],
  },
  {
    operation: 'erase',
    document: `mutation ($id: ID!, $number: String!, $email: String!) { eraseContact(id: $id) { contacts }
        eraseNumber(number: $number) { contacts } eraseEmail(email: $email) { contacts } }`,
    base: () => ({
      id: '0197f0c4-0000-7000-8000-000000000000',
      number: '+33799999999',
      email: 'nobody@nowhere.example',
    }),
    fields: ['id', 'number', 'email'],
  },
  {
    operation: 'personRecord',
    document: 'query ($person: PersonInput!) { personRecord(person: $person) }',
    base: (number) => ({ person: { email: `a${number}@example.com` } }),
    fields: ['person'],
  },
  {
    operation: 'retention',
    document: 'mutation ($days: Int) { updateRetention(days: $days) { retentionDays } }',
    base: () => ({ days: 36_500 }),
    fields: ['days'],
  },
  {
    operation: 'forms',
    document:
      'query ($connector: String!, $file: String) { integrationForm(connector: $connector, file: $file) { parameters { name } problems { message } } }',
    base: () => ({ connector: '3cx-template', file: '<Crm Name="a" Version="1" Country="FR"><Scenarios/></Crm>' }),
    fields: ['connector', 'file'],
  },
  {
    operation: 'createIntegration',
    document: `mutation ($connector: String!, $name: String, $position: Int, $parameters: [IntegrationParameterInput!], $file: String) {
        createIntegration(connector: $connector, input: { name: $name, position: $position, parameters: $parameters, file: $file }) { name } }`,
    base: () => ({ connector: 'url-builder', parameters: [{ name: 'Url', value: 'https://crm.example/{phone}' }] }),
    fields: ['connector', 'name', 'position', 'parameters', 'file'],
  },
  {
    operation: 'integrations',
    document: `mutation ($id: ID!, $input: IntegrationInput!, $phone: String, $email: String, $force: Boolean) {
        updateIntegration(id: $id, input: $input) { id } testIntegration(id: $id, phone: $phone, email: $email) { number }
        authorizeIntegration(id: $id) { url } removeIntegration(id: $id, force: $force) { id } }`,
    base: () => ({ id: '0197f0c4-0000-7000-8000-000000000000', input: {} }),
    fields: ['id', 'input', 'phone', 'email', 'force'],
  },
  {
    operation: 'webhooks',
    document: `mutation ($id: ID!, $input: UpdateWebhookInput!) { updateWebhook(id: $id, input: $input) { id }
        rotateWebhookSecret(id: $id) { secret } removeWebhook(id: $id) { id } redeliver(id: $id) { id } redeliverToWebhook(id: $id) { id } }`,
    base: () => ({ id: '0197f0c4-0000-7000-8000-000000000000', input: {} }),
    fields: ['id', 'input'],
  },
  {
    operation: 'webhookDeliveries',
    document: `query ($id: ID, $first: Int, $after: String, $last: Int, $before: String) {
        webhookDeliveries(webhookId: $id, first: $first, after: $after, last: $last, before: $before) { totalCount nodes { id } } }`,
    base: () => ({}),
    fields: ['id', 'first', 'after', 'last', 'before'],
  },
];
