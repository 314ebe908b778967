import { readConfiguration } from '../../src/connectors/configuration.ts';
import type { ConnectorSetup, GivenConfiguration, LinkSubject } from '../../src/connectors/connector.ts';
import { urlBuilder } from '../../src/connectors/url-builder.ts';

export interface GivenLinks {
  Url?: string;
  rules?: unknown;
}

const given = ({ Url, rules }: GivenLinks): GivenConfiguration => ({
  file: rules === undefined ? null : typeof rules === 'string' ? rules : JSON.stringify(rules),
  parameters: { ...(Url !== undefined && { Url }) },
});

/** A caller of whom this is known. */
export const subject = (known: Partial<LinkSubject> = {}): LinkSubject => ({
  id: null,
  phone: null,
  email: null,
  displayName: null,
  firstName: null,
  lastName: null,
  company: null,
  entityType: null,
  customValue: null,
  direction: null,
  ...known,
});

/** A url-builder that was told this, as a function from somebody to their link. */
export function linksOf(links: GivenLinks): (known: Partial<LinkSubject>) => string | null {
  const configuration = readConfiguration(urlBuilder, given(links));
  const { contactUrl } = urlBuilder.connect({} as ConnectorSetup, configuration);
  return (known) => contactUrl?.(subject(known)) ?? null;
}

/** What is wrong with a configuration, by the element that it names. */
export const problemsOf = (links: GivenLinks) =>
  urlBuilder.form(given(links)).problems.map(({ element, message }) => `${element}: ${message}`);
