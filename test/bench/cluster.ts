import cluster from 'node:cluster';

// Several processes of this product behind one port: Node's cluster deals out connections to them in turn.

const [, , processes, ...flags] = process.argv;
cluster.setupPrimary({ exec: 'src/server.ts', execArgv: flags, args: [], silent: true });
const workers = Array.from({ length: Number(processes) }, () => cluster.fork());
// What nobody reads would fill up, and hold their end.
for (const { process: worker } of workers) worker.stderr?.resume();
const welcomes = workers.map(
  ({ process: { stdout } }) =>
    new Promise<string>((resolve) => {
      let written = '';
      stdout?.on('data', (text) => {
        written += text;
        if (written.includes('Ctrl-C ends it.')) resolve(written);
      });
    }),
);
process.on('SIGTERM', () => {
  for (const worker of workers) worker.process.kill('SIGTERM');
  cluster.disconnect(() => process.exit(0));
});
console.log((await Promise.all(welcomes))[0]);
