import { expect } from 'vitest';
import { parseTemplate } from '../../../src/connectors/template/parse.ts';
import { openTemplate } from '../../../src/connectors/template/run.ts';
import type { TemplateSetup } from '../../../src/connectors/template/session.ts';
import type { OutgoingRequest, OutgoingResponse } from '../../../src/outgoing/send.ts';

/** A template around some scenarios, with parts of its own where a test is about them. */
export function templateXml(
  scenarios: string,
  {
    parameters = '',
    authentication = '<Authentication Type="No" />',
    number = '<Number Prefix="AsIs" MaxLength="" />',
  } = {},
): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Crm Name="Mock" Version="1" Country="FR" SupportsEmojis="true">
  ${number}
  <Connection MaxConcurrentRequests="4" />
  <Parameters>${parameters}</Parameters>
  ${authentication}
  <Scenarios>${scenarios}</Scenarios>
</Crm>`;
}

type Answer = Partial<OutgoingResponse> | Error | object;

/** A CRM that answers by the first route whose text the request's method and address contain, and keeps every request. */
export function mockCrm(routes: Record<string, Answer | ((request: OutgoingRequest) => Answer)> = {}) {
  const requests: OutgoingRequest[] = [];
  const send = async (request: OutgoingRequest): Promise<OutgoingResponse> => {
    requests.push(request);
    const route = Object.keys(routes).find((text) => `${request.method} ${request.url}`.includes(text));
    const found = route === undefined ? { status: 404, body: '' } : routes[route];
    const answer = typeof found === 'function' ? found(request) : found;
    if (answer instanceof Error) throw answer;
    if (answer && ('status' in answer || typeof (answer as OutgoingResponse).body === 'string')) {
      return { status: 200, headers: {}, body: '', ...answer };
    }
    return { status: 200, headers: {}, body: JSON.stringify(answer) };
  };
  return {
    requests,
    send,
    /** Method and address of every request, in order. */
    sent: () => requests.map(({ method, url }) => `${method} ${url}`),
    /** The bodies that were sent as JSON. */
    bodies: () => requests.filter(({ body }) => body).map(({ body }) => JSON.parse(body as string)),
  };
}

/** Opens a template that has no problems at a mock CRM. */
export function open(xml: string, routes: Parameters<typeof mockCrm>[0] = {}, setup: Partial<TemplateSetup> = {}) {
  const template = parseTemplate(xml);
  expect(template.problems).toEqual([]);
  const crm = mockCrm(routes);
  const opened = openTemplate(template, {
    parameters: {},
    send: crm.send,
    now: () => new Date('2026-01-05T09:00:00Z'),
    unknownVariables: 'literal',
    ...setup,
  });
  return { ...opened, crm };
}
