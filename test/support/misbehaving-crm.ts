import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { certificate, privateKey } from '../outgoing/certificates.ts';

/** A CRM that listens on this machine. */
export interface ListeningCrm {
  url: string;
  /** The calls that it wrote into its journal, by what they were told to be; of one that hangs, all that it was asked. */
  journal: string[];
}

type Treat = (response: ServerResponse, request: IncomingMessage, told: string) => void;

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const nobody = (response: ServerResponse) => void json(response, 200, { contacts: [] });

/** Sends byte after byte for as long as somebody reads. */
function trickle(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000 });
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse) {
  const piece = Buffer.alloc(1024 * 1024, 32);
  let left = 100;
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && left-- > 0 && response.write(piece));
    if (left <= 0) response.end();
  };
  response.on('drain', more);
  more();
}

/**
 * What broken CRMs do with every request, or with every report where they break only then. Those that write a call into
 * their journal say so by `keep`.
 */
const treatments = (keep: (told: string) => void): Record<string, Treat> => ({
  hangs: (_, __, told) => keep(told),
  fails: (response) => json(response, 500, { message: 'Internal Server Error' }),
  limits: (response) => json(response, 429, { message: 'Too Many Requests' }, { 'retry-after': '120' }),
  redirects: (response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  stammers: (response, request, told) => {
    if (request.method === 'GET') return nobody(response);
    keep(told);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": ');
  },
  denies: (response, request) => {
    if (request.method === 'GET') nobody(response);
    else json(response, 200, { error: { code: 403, message: 'Not allowed' } });
  },
  trickles: (response) => trickle(response),
  floods: (response) => flood(response),
  resets: (response, request, told) => {
    if (request.method === 'GET') return nobody(response);
    keep(told);
    request.socket.resetAndDestroy();
  },
  repeats: (response, request, told) => {
    if (request.method === 'POST') keep(told);
    json(response, 200, { id: 'always-the-same', contacts: [] });
  },
});

const healthy =
  (keep: (told: string) => void): Treat =>
  (response, request, told) => {
    if (request.method === 'POST') keep(told);
    const known = request.url?.includes('612345678');
    const contact = { id: 'H-1', name: 'Martin', phone: '+33612345678', url: 'https://crm.example/H-1' };
    json(response, 200, request.method === 'POST' ? { id: told } : { contacts: known ? [contact] : [] });
  };

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
  });
  return (server.address() as AddressInfo).port;
}

const listener =
  (treat: Treat): RequestListener =>
  async (request, response) => {
    const body = Buffer.concat(await request.toArray().catch(() => [])).toString();
    response.on('error', () => {});
    treat(response, request, body);
  };

export async function healthyCrm(): Promise<ListeningCrm> {
  const journal: string[] = [];
  const port = await listen(createServer(listener(healthy((told) => journal.push(told)))));
  return { url: `http://127.0.0.1:${port}`, journal };
}

/** A CRM that misbehaves in the way of this name. */
export async function misbehavingCrm(name: string): Promise<ListeningCrm> {
  const journal: string[] = [];
  const treat = treatments((told) => journal.push(told))[name] as Treat;
  return { url: `http://127.0.0.1:${await listen(createServer(listener(treat)))}`, journal };
}

/** Twelve CRMs, each of which misbehaves in its own way on every request. */
export async function misbehavingCrms(): Promise<Record<string, ListeningCrm>> {
  const crms: Record<string, ListeningCrm> = {};
  for (const name of Object.keys(treatments(() => {}))) {
    crms[name] = await misbehavingCrm(name);
  }
  const vanished = createServer();
  vanished.listen(0, '127.0.0.1');
  await once(vanished, 'listening');
  crms.refuses = { url: `http://127.0.0.1:${(vanished.address() as AddressInfo).port}`, journal: [] };
  await new Promise((closed) => vanished.close(closed));
  const secure = createSecureServer({ cert: certificate, key: privateKey }, listener(healthy(() => {})));
  crms.forges = { url: `https://127.0.0.1:${await listen(secure)}`, journal: [] };
  return crms;
}

/** A small template for a CRM at an address. */
export const templateOf = (url: string) => `<?xml version="1.0"?>
<Crm Name="Small" Version="1" Country="FR">
  <Number Prefix="AsIs"/>
  <Connection MaxConcurrentRequests="5"/>
  <Parameters/>
  <Authentication Type="No"/>
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request Url="${url}/contacts?phone=[Number]" RequestType="Get" ResponseType="Json"/>
      <Rules><Rule Type="Any">contacts.id</Rule></Rules>
      <Variables>
        <Variable Name="Id" Path="contacts.id"/>
        <Variable Name="Name" Path="contacts.name"/>
        <Variable Name="Phone" Path="contacts.phone"/>
        <Variable Name="Url" Path="contacts.url"/>
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="EntityId" Value="[Id]"/>
        <Output Type="LastName" Value="[Name]"/>
        <Output Type="PhoneMobile" Value="[Phone]"/>
        <Output Type="ContactUrl" Value="[Url]"/>
      </Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request Url="${url}/calls" RequestType="Post" RequestEncoding="Json" ResponseType="Json">
        <PostValues><Value Key="start">[CallStartTimeUTC]</Value><Value Key="number">[Number]</Value></PostValues>
      </Request>
      <Rules><Rule Type="Any">id</Rule></Rules>
      <Variables><Variable Name="Id" Path="id"/></Variables>
      <Outputs AllowEmpty="false"><Output Type="EntityId" Value="[Id]"/></Outputs>
    </Scenario>
  </Scenarios>
</Crm>`;
