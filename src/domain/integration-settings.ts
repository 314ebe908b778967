import { kindOf } from '../connectors/configuration.ts';
import type {
  ConfigurationForm,
  ConfigurationProblem,
  ConnectorKind,
  ConnectorParameter,
  GivenConfiguration,
} from '../connectors/connector.ts';
import { badInput, DomainError } from '../errors.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { givenConfiguration } from './connection.ts';
import type { Customer } from './customer.ts';

/** A question of an integration's form, and whether it was answered. */
export interface ParameterSetting extends Omit<ConnectorParameter, 'default'> {
  /** Taken where nothing was given; null for a secret. */
  default: string | null;
  isSet: boolean;
  /** What was given; null where nothing was, and always for a secret. */
  value: string | null;
}

/** An integration as an operator sees it. Of a secret, only whether it is set is told. */
export interface IntegrationSettings {
  id: string;
  connector: string;
  name: string;
  position: number;
  lookup: boolean;
  callLogging: boolean;
  chatLogging: boolean;
  contactCreation: boolean;
  hasFile: boolean;
  parameters: ParameterSetting[];
  problems: ConfigurationProblem[];
  createdAt: Date;
  updatedAt: Date;
}

/** What a kind of CRM wants to be told, before there is an integration of it. */
export interface ConnectorForm {
  connector: string;
  parameters: ParameterSetting[];
  problems: ConfigurationProblem[];
}

/** Finds a kind of CRM. Throws `BAD_USER_INPUT`, which names those that there are. */
export function findKind({ connectors }: Pick<Customer, 'connectors'>, connector: string): ConnectorKind {
  const kind = kindOf(connectors, connector);
  const known = Object.keys(connectors).join(', ');
  if (!kind) throw badInput(['connector'], `There is no connector "${connector}"; there are: ${known}.`);
  return kind;
}

/** Every kind of CRM, with what it wants to be told first. */
export const listConnectors = (customer: Pick<Customer, 'connectors'>): ConnectorForm[] =>
  Object.keys(customer.connectors).map((connector) => connectorForm(customer, connector, null));

/** What a kind of CRM wants to be told; with a file, what that file asks, and what is wrong with it. */
export function connectorForm(customer: Pick<Customer, 'connectors'>, connector: string, file: string | null) {
  const given = { file, parameters: {} };
  const { parameters, problems } = findKind(customer, connector).form(given);
  return { connector, parameters: settingsOf(parameters, given), problems };
}

/** How an integration is set up; one whose configuration cannot be opened says so among its problems. */
export function integrationSettings(customer: Customer, row: IntegrationModel): IntegrationSettings {
  const { id, connector, position, lookup, callLogging, chatLogging, contactCreation, createdAt, updatedAt } = row;
  const switches = { lookup, callLogging, chatLogging, contactCreation };
  const { given, form } = openConfiguration(customer, row);
  return {
    id,
    connector,
    name: row.name ?? connector,
    position: position ?? 0,
    ...switches,
    hasFile: given.file !== null,
    parameters: settingsOf(form.parameters, given),
    problems: form.problems,
    createdAt,
    updatedAt,
  };
}

function openConfiguration(
  { connectors, store }: Customer,
  row: IntegrationModel,
): { given: GivenConfiguration; form: ConfigurationForm } {
  const unusable = (element: string, message: string) => ({
    given: { file: null, parameters: {} },
    form: { parameters: [], problems: [{ severity: 'error' as const, element, line: null, message }] },
  });
  const kind = kindOf(connectors, row.connector);
  if (!kind) return unusable('connector', `There is no connector "${row.connector}".`);
  try {
    const given = givenConfiguration(row, store);
    return { given, form: kind.form(given) };
  } catch (error) {
    if (error instanceof DomainError) return unusable('configuration', error.message);
    throw error;
  }
}

const settingsOf = (parameters: ConnectorParameter[], given: GivenConfiguration): ParameterSetting[] =>
  parameters.map((parameter) => {
    const value = given.parameters[parameter.name];
    const { secret } = parameter;
    return {
      ...parameter,
      default: secret ? null : parameter.default,
      isSet: value !== undefined,
      value: secret ? null : (value ?? null),
    };
  });
