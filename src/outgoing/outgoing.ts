import type { Outgoing, OutgoingSetup } from './client.ts';

/**
 * The one way out: the client for every request that customers' settings can cause. It is a tenth of all that a server
 * loads, and many never need it, so it is loaded with the first request.
 */
export function openOutgoing(setup: OutgoingSetup): Outgoing {
  let client: Promise<Outgoing> | undefined;
  const open = () => {
    client ??= import('./client.ts').then(({ openClient }) => openClient(setup));
    return client;
  };
  return {
    send: async (request, limits) => (await open()).send(request, limits),
    close: async () => (await client)?.close(),
  };
}
