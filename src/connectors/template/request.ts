import type { OutgoingRequest } from '../../outgoing/send.ts';
import { evaluateText } from './expression.ts';
import { formBody, isWanted, jsonBody } from './post-values.ts';
import type { Scope } from './scope.ts';
import type { TemplateRequest } from './template.ts';

/** Fills the request of a scenario. Only a POST has a body: a message, or else its values as JSON or as a form. */
export function buildRequest(request: TemplateRequest, scope: Scope): OutgoingRequest {
  const headers: Record<string, string> = {
    accept: request.responseType === 'Xml' ? 'application/xml, text/xml' : 'application/json',
  };
  const body = request.method === 'POST' ? bodyOf(request, scope) : null;
  if (body !== null) headers['content-type'] = evaluateText(request.contentType, scope) || encodings[request.encoding];
  for (const header of request.headers) {
    if (!header.key || !isWanted(header, scope)) continue;
    headers[header.key.trim().toLowerCase()] = headerText(evaluateText(header.text, scope, header.passes));
  }
  const url = legalUrl(evaluateText(request.url, scope));
  if (!/^https?:\/\//i.test(url)) scope.warn(`${url} is no address of the web.`);
  return { method: request.method, url, headers, body };
}

const encodings = { Json: 'application/json', UrlEncoded: 'application/x-www-form-urlencoded' };

function bodyOf(request: TemplateRequest, scope: Scope): string {
  const { message, messagePasses, postValues, encoding } = request;
  if (message) {
    if (postValues) scope.warn('A request has a Message and PostValues; the Message is sent.');
    return evaluateText(message, scope, messagePasses);
  }
  if (!postValues) return '';
  return encoding === 'Json' ? jsonBody(postValues, scope) : formBody(postValues, scope);
}

/** A value cannot begin a header of its own. */
export const headerText = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

/** Encodes only what no address may hold; a raw `+` or `&` in a value goes out as the template has it. */
export const legalUrl = (url: string): string =>
  url
    .trim()
    .toWellFormed()
    .replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent);
