import { Agent } from 'undici';
import { isPublicAddress } from './address.ts';
import { guardedConnect, type Resolve, systemResolve } from './connect.ts';
import { exchange } from './exchange.ts';
import { checkedRequest } from './request.ts';
import type { Send } from './send.ts';

export interface Outgoing {
  send: Send;
  /** Ends every connection; what is under way fails. */
  close(): Promise<void>;
}

export interface OutgoingSetup {
  /** Whether servers of private networks, and this machine, may be asked. */
  allowPrivateTargets: boolean;
  /** How names are resolved; as the operating system does if absent. */
  resolve?: Resolve;
}

/** How many connections one server gets at most. */
const connectionsPerOrigin = 16;

/** Opens a client for other servers. */
export function openClient({ allowPrivateTargets, resolve = systemResolve }: OutgoingSetup): Outgoing {
  const allowed = allowPrivateTargets ? () => true : isPublicAddress;
  const agent = new Agent({
    connect: guardedConnect(allowed, resolve),
    connections: connectionsPerOrigin,
    pipelining: 1,
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 30_000,
    maxHeaderSize: 32 * 1024,
    // One limit holds for the whole exchange; these would be told apart from it for no use.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send: async (request, { timeoutMs = 10_000, maxBytes = 5 * 1024 * 1024, signal } = {}) =>
      exchange(agent, checkedRequest(request), { timeoutMs, maxBytes, signal }),
    close: () => agent.destroy(),
  };
}
