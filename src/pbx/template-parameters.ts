import type { Element, TemplateAuth } from './template-element.ts';

interface Parameter {
  name: string;
  type: 'String' | 'Password' | 'Boolean' | 'OAuth';
  title: string;
  parent?: string;
  preset?: string;
  oauth?: { url: string; parameters: string; scenario: string };
}

/** What an administrator fills in: how to connect, and every text that ends up in the CRM. */
export const parameters = (publicUrl: string, auth: TemplateAuth): Element[] =>
  [...(auth === 'code' ? codeParameters(publicUrl) : tokenParameters), ...textParameters].map(element);

const codeParameters = (publicUrl: string): Parameter[] => [
  { name: 'ClientId', type: 'String', title: 'Client ID:', parent: 'General Configuration' },
  { name: 'ClientSecret', type: 'Password', title: 'Client secret:', parent: 'General Configuration' },
  { name: 'AccountId', type: 'String', title: 'Account ID (the customer):', parent: 'General Configuration' },
  {
    name: 'Account',
    type: 'OAuth',
    title: 'Sign in to CRM Lookup',
    parent: 'General Configuration',
    oauth: {
      url: `${publicUrl}/oauth/authorize`,
      parameters:
        'response_type=code&client_id=[ClientId]&redirect_uri=[RedirectUri]&state=[State]&customer=[AccountId]&scope=client%20crm',
      scenario: 'KeepAccount',
    },
  },
];

const tokenParameters: Parameter[] = [
  { name: 'Token', type: 'Password', title: 'Token:', parent: 'General Configuration' },
];

const textParameters: Parameter[] = [
  { name: 'CreateContacts', type: 'Boolean', title: 'Create contacts for unknown callers', preset: 'False' },
  {
    name: 'NewContactText',
    type: 'String',
    title: 'Name of a new contact:',
    parent: 'CreateContacts',
    preset: 'New contact [Number]',
  },
  { name: 'ReportCalls', type: 'Boolean', title: 'Log calls', preset: 'True' },
  {
    name: 'InboundSubject',
    type: 'String',
    title: 'Answered inbound call:',
    parent: 'ReportCalls',
    preset: 'Inbound call from [Name] [Number]',
  },
  {
    name: 'OutboundSubject',
    type: 'String',
    title: 'Answered outbound call:',
    parent: 'ReportCalls',
    preset: 'Outbound call to [Name] [Number]',
  },
  {
    name: 'MissedSubject',
    type: 'String',
    title: 'Missed call:',
    parent: 'ReportCalls',
    preset: 'Missed call from [Name] [Number]',
  },
  {
    name: 'NotansweredSubject',
    type: 'String',
    title: 'Unanswered outbound call:',
    parent: 'ReportCalls',
    preset: 'No answer from [Name] [Number]',
  },
  {
    name: 'CallNotes',
    type: 'String',
    title: 'Notes of a call:',
    parent: 'ReportCalls',
    preset: 'Agent [Agent], duration [Duration]',
  },
  { name: 'ReportChats', type: 'Boolean', title: 'Log chats', preset: 'True' },
  {
    name: 'ChatSubject',
    type: 'String',
    title: 'Subject of a chat:',
    parent: 'ReportChats',
    preset: 'Chat with [Name]',
  },
];

const element = ({ name, type, title, parent = '', preset = '', oauth }: Parameter): Element => ({
  '@Name': name,
  '@Type': type,
  '@Parent': parent,
  '@Editor': 'String',
  '@Title': title,
  '@Validation': '',
  '@Default': preset,
  '@ListValues': '',
  '@RequestUrl': oauth?.url ?? '',
  '@RequestUrlParameters': oauth?.parameters ?? '',
  '@ResponseScenario': oauth?.scenario ?? '',
});

/** A token stands in the header of each request; a sign-in is turned into short-lived ones by a scenario. */
export const authentication = (auth: TemplateAuth): Element =>
  auth === 'code' ? { '@Type': 'Scenario', Value: 'Authenticate' } : { '@Type': 'No' };
