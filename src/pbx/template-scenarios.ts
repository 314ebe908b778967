import type { Element, TemplateAuth } from './template-element.ts';

interface Scenario {
  id: string;
  url: string;
  /** The fields of a form to post; without them the request is a GET. */
  form?: Record<string, string>;
  skipIf?: string;
  /** Where in the answer something must stand. */
  rule?: string;
  /** Names for places in the answer. */
  variables?: Record<string, string>;
  outputs: Record<string, string>;
  entity?: string;
}

/** Everything a phone system does with this server. */
export function scenarios(publicUrl: string, auth: TemplateAuth): Element[] {
  const lookup = `${publicUrl}/api/crm/lookup`;
  const all = [...contactScenarios(lookup), ...reportScenarios(lookup)];
  if (auth === 'token') return all.map((scenario) => element(scenario, 'Bearer [Token]'));
  return [...all, ...accountScenarios(`${publicUrl}/oauth/token`)].map((scenario) => element(scenario, null));
}

const contactFields = {
  Id: 'id',
  FirstName: 'first_name',
  LastName: 'last_name',
  CompanyName: 'company',
  Email: 'email',
  Business: 'phone_business_1',
  Business2: 'phone_business_2',
  Mobile: 'phone_mobile_1',
  Mobile2: 'phone_mobile_2',
  Home: 'phone_home',
  Other: 'phone_other',
  Matched: 'matched_number',
  Url: 'entity_url',
  Type: 'entity_type',
  Custom: 'custom_value',
};

const contactVariables = (root: string) =>
  Object.fromEntries(Object.entries(contactFields).map(([name, field]) => [`Contact${name}`, `${root}.${field}`]));

/** A phone system drops a hit none of whose numbers is the one it asked for, so the searched one is always among them. */
const contactOutputs = {
  ContactUrl: '[ContactUrl]',
  FirstName: '[ContactFirstName]',
  LastName: '[ContactLastName]',
  CompanyName: '[ContactCompanyName]',
  Email: '[ContactEmail]',
  PhoneBusiness: '[ContactBusiness]',
  PhoneBusiness2: '[ContactBusiness2]',
  PhoneMobile: '[ContactMobile]',
  PhoneMobile2: '[ContactMobile2]',
  PhoneHome: '[ContactHome]',
  PhoneOther: '[IIf([ContactMatched]=="",[ContactOther],[ContactMatched])]',
  EntityId: '[ContactId]',
  EntityType: '[IIf([ContactType]=="",Contacts,[ContactType])]',
  CustomValue: '[ContactCustom]',
};

function contactScenarios(lookup: string): Scenario[] {
  const found = {
    rule: 'contacts.id',
    variables: contactVariables('contacts'),
    outputs: contactOutputs,
    entity: 'Contacts',
  };
  const made = {
    rule: 'contact.id',
    variables: contactVariables('contact'),
    outputs: contactOutputs,
    entity: 'Contacts',
  };
  const byNumber = `${lookup}/contacts/search?phone=[EscapedNumber]`;
  return [
    { id: '', url: byNumber, ...found },
    { id: 'LookupByEmail', url: `${lookup}/contacts/search?email=[[Email].Replace("+","%2B")]`, ...found },
    { id: 'LookupFromCFD_Contacts_LookupNumber', url: byNumber, ...found },
    {
      id: 'CreateContactRecord',
      url: `${lookup}/contacts`,
      skipIf: '[CreateContacts]!=True',
      form: { last_name: '[[NewContactText]]', phone: '[Number]', call_direction: '[CallDirection]' },
      ...made,
    },
    {
      id: 'CreateContactRecordFromClient',
      url: `${lookup}/contacts`,
      skipIf: '[CreateContacts]!=True',
      form: {
        first_name: '[FirstName]',
        last_name: '[IIf([LastName]=="",[FirstName],[LastName])]',
        email: '[Email]',
        phone: '[Number]',
      },
      ...made,
    },
  ];
}

const agent = {
  agent_first_name: '[AgentFirstName]',
  agent_last_name: '[AgentLastName]',
  agent_email: '[AgentEmail]',
  queue_extension: '[QueueExtension]',
  entity_id: '[EntityId]',
  entity_type: '[EntityType]',
};

const utc = (variable: string) => `[[${variable}].ToString("yyyy-MM-ddTHH:mm:ssZ")]`;

/** The administrator's text for the type of the call. */
const callSubject =
  '[IIf([CallType]==Missed,[MissedSubject],[IIf([CallType]==Notanswered,[NotansweredSubject],[IIf([CallType]==Outbound,[OutboundSubject],[InboundSubject])])])]';

/** Calls are logged whether or not anybody was found: who called is known to this server by the number. */
function reportScenarios(lookup: string): Scenario[] {
  return [
    {
      id: 'ReportCall',
      url: `${lookup}/phone-calls`,
      skipIf: '[ReportCalls]!=True',
      form: {
        direction: '[CallDirection]',
        status: '[IIf([CallType]==Missed||[CallType]==Notanswered,[CallType],completed)]',
        number_external: '[Number]',
        number_internal: '[Agent]',
        source: '3cx',
        duration: '[Duration]',
        start_time_utc: utc('CallStartTimeUTC'),
        end_time_utc: utc('CallEndTimeUTC'),
        subject: callSubject,
        body: '[[CallNotes]]',
        recording_url: '[RecordingUrl]',
        transcription: '[Transcription]',
        summary: '[Summary]',
        sentiment: '[Sentiment]',
        ...agent,
      },
      rule: 'call.id',
      outputs: {},
    },
    {
      id: 'ReportChat',
      url: `${lookup}/chats`,
      skipIf: '[ReportChats]!=True',
      form: {
        email: '[Email]',
        number_external: '[Number]',
        name: '[Name]',
        source: '3cx',
        duration: '[Duration]',
        start_time_utc: utc('ChatStartTimeUTC'),
        end_time_utc: utc('ChatEndTimeUTC'),
        subject: '[[ChatSubject]]',
        chat_messages: '[ChatMessages]',
        agent: '[Agent]',
        ...agent,
      },
      rule: 'chat.id',
      outputs: {},
    },
  ];
}

/** A phone system keeps the first refresh token for ever, so one is asked for that does not change at each use. */
function accountScenarios(tokenUrl: string): Scenario[] {
  const client = { client_id: '[ClientId]', client_secret: '[ClientSecret]' };
  return [
    {
      id: 'KeepAccount',
      url: tokenUrl,
      form: {
        grant_type: 'authorization_code',
        code: '[code]',
        redirect_uri: '[RedirectUri]',
        refresh_rotation: 'off',
        ...client,
      },
      rule: 'refresh_token',
      variables: { RefreshToken: 'refresh_token' },
      outputs: { Result: '[RefreshToken]' },
    },
    {
      id: 'Authenticate',
      url: tokenUrl,
      form: { grant_type: 'refresh_token', refresh_token: '[Account]', ...client },
      rule: 'access_token',
      variables: { AccessToken: 'access_token' },
      outputs: { Bearer: '[AccessToken]', BearerExpiration: '55' },
    },
  ];
}

function element(
  { id, url, form, skipIf, rule, variables, outputs, entity }: Scenario,
  authorization: string | null,
): Element {
  return {
    '@Id': id,
    '@Type': 'REST',
    '@EntityId': entity ?? '',
    '@EntityOrder': '',
    Request: {
      '@SkipIf': skipIf ?? '',
      '@Url': url,
      '@MessagePasses': '0',
      '@Message': '',
      '@RequestContentType': '',
      '@RequestEncoding': 'UrlEncoded',
      '@RequestType': form ? 'Post' : 'Get',
      '@ResponseType': 'Json',
      ...(authorization && { Headers: { Value: [value('Authorization', authorization)] } }),
      ...(form && { PostValues: { '@Key': '', Value: Object.entries(form).map(([key, text]) => value(key, text)) } }),
    },
    Rules: { Rule: rule ? [{ '@Type': 'Any', '@Ethalon': '', '#': rule }] : [] },
    Variables: {
      Variable: Object.entries(variables ?? {}).map(([name, path]) => ({ '@Name': name, '@Path': path, Filter: {} })),
    },
    Outputs: {
      '@AllowEmpty': 'false',
      Output: Object.entries(outputs).map(([type, text]) => ({ '@Type': type, '@Passes': '0', '@Value': text })),
    },
  };
}

/** A text parameter is evaluated twice: to the text, and to what the text says. */
const value = (key: string, text: string): Element => ({
  '@Key': key,
  '@Passes': text === callSubject || /^\[\[\w+\]\]$/.test(text) ? '2' : '1',
  '@Type': 'String',
  '#': text,
});
