/** Something about a template that its author should know; a template with errors still runs as far as it goes. */
export interface TemplateProblem {
  severity: 'error' | 'warning';
  /** Name of the element it stands in. */
  element: string;
  line: number | null;
  message: string;
  /** Set where a phone system would not take the file at all. */
  fatal?: true;
}

export type NumberPrefix = 'AsIs' | 'Off' | 'Plus' | 'Zeros';

export interface TemplateParameter {
  name: string;
  /** Where it stands in the file. */
  line: number;
  /** String, Integer, Double, Boolean, DateTime, Password, OAuth or List. */
  type: string;
  parent: string;
  editor: string;
  title: string;
  validation: string;
  default: string;
  listValues: string[];
  requestUrl: string;
  requestUrlParameters: string;
  responseScenario: string;
}

/** Asks for a value in an answer: that there is one, that it equals a text, or that it is the same phone number. */
export interface Rule {
  type: 'Any' | 'Equals' | 'Number';
  ethalon: string;
  path: string;
}

export interface Variable {
  name: string;
  path: string;
  /** Which of several values is meant; all rules must hold for it. */
  filter: Rule[];
}

export interface PostValue {
  kind: 'Value' | 'Object' | 'Array';
  key: string;
  if: string;
  skipIf: string;
  /** How often the result is evaluated again. */
  passes: number;
  type: string;
  text: string;
  children: PostValue[];
}

export interface TemplateRequest {
  skipIf: string;
  url: string;
  method: 'GET' | 'POST';
  encoding: 'UrlEncoded' | 'Json';
  responseType: 'Json' | 'Xml';
  message: string;
  messagePasses: number;
  contentType: string;
  headers: PostValue[];
  postValues: PostValue | null;
}

export interface Output {
  type: string;
  passes: number;
  value: string;
}

export interface Scenario {
  id: string;
  /** Where it stands in the file. */
  line: number;
  entityId: string;
  entityOrder: string;
  request: TemplateRequest;
  rules: Rule[];
  variables: Variable[];
  outputs: Output[];
  /** The scenario that runs once for each record of this one; empty for the last of a chain. */
  next: string;
  /** Whether the chain goes on without a record. */
  allowEmpty: boolean;
}

/** A CRM template as a phone system reads it, with what is wrong with it. */
export interface CrmTemplate {
  name: string;
  version: string;
  country: string;
  supportsEmojis: boolean;
  supportsTranscription: boolean;
  listPageSize: string;
  number: { prefix: NumberPrefix; maxLength: string };
  maxConcurrentRequests: number;
  parameters: TemplateParameter[];
  authentication: { type: 'No' | 'Basic' | 'Scenario'; value: string };
  scenarios: Scenario[];
  problems: TemplateProblem[];
}
