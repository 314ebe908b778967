import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { buildConnector } from 'undici';

/** Answers every address of a name; rejects for a name that has none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** The target's address is not one that may be connected to. */
export class ForbiddenAddress extends Error {}

/** For a connection, and for each address of a name before the next is tried. */
const connectTimeoutMs = 5000;
const addressTimeoutMs = 1000;

/** Connects to an address that was checked, not to a name that could mean another one a moment later. */
export function guardedConnect(allowed: (address: string) => boolean, resolve: Resolve): buildConnector.connector {
  const checked: buildConnector.BuildOptions = {
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressTimeoutMs,
    rejectUnauthorized: true,
    lookup: checkedLookup(allowed, shared(resolve)),
  };
  const connect = buildConnector(checked);
  return (options, callback) => {
    // A literal address is connected to without a lookup.
    if (isIP(options.hostname) && !allowed(options.hostname)) return callback(new ForbiddenAddress(), null);
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (allowed(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new ForbiddenAddress(), null);
    });
  };
}

/** Resolves names as the operating system does. */
export const systemResolve: Resolve = async (hostname) => promisify(lookup)(hostname, { all: true });

/** Of a name's addresses only the allowed ones are used. */
const checkedLookup =
  (allowed: (address: string) => boolean, resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const usable = addresses.filter(({ address }) => allowed(address));
        const [first] = usable;
        if (!first) callback(new ForbiddenAddress(), []);
        else if (options.all) callback(null, usable);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, []),
    );
  };

/** Asks for a name once at a time: the system resolves only a few at once, and a slow one must not take every place. */
function shared(resolve: Resolve): Resolve {
  const underWay = new Map<string, Promise<LookupAddress[]>>();
  return (hostname) => {
    const known = underWay.get(hostname);
    if (known) return known;
    const asked = resolve(hostname).finally(() => underWay.delete(hostname));
    underWay.set(hostname, asked);
    return asked;
  };
}
