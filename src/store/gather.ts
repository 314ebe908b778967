import type { ClientBase, Connection } from 'pg';

export const streamOf = (client: ClientBase) => (client as unknown as { connection: Connection }).connection.stream;

const gathering = new WeakSet<ClientBase>();

/** Holds back what a connection is asked until all that has arrived at this moment was worked on, and sends it as one. */
export function gather(client: ClientBase): void {
  if (gathering.has(client)) return;
  const stream = streamOf(client);
  gathering.add(client);
  stream.cork();
  setImmediate(() => {
    gathering.delete(client);
    stream.uncork();
  });
}
