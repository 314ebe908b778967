import { expect, test } from 'vitest';
import { cpuMsOf, peakMegabytesOf } from './process-figures.ts';
import { startNode } from './server-process.ts';

test.runIf(process.platform === 'linux')(
  'the time and the memory of a process are those that it tells itself',
  async () => {
    const work = `
    const rows = Array.from({ length: 1e6 }, (_, n) => ({ n }));
    while (process.cpuUsage().user < 4e5) rows.sort(() => Math.random() - 0.5);
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stdout.write(JSON.stringify([(userCPUTime + systemCPUTime) / 1000, (maxRSS * 1024) / 1e6]));
    setInterval(() => {}, 1e6);`;
    const child = startNode(['--eval', work], null);
    try {
      const told = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
      const [cpuMs, megabytes] = JSON.parse(told);
      expect(cpuMs).toBeGreaterThan(400);
      expect(Math.abs(cpuMsOf(child.pid as number) - cpuMs)).toBeLessThan(100);
      expect(peakMegabytesOf(child.pid as number) / megabytes).toBeCloseTo(1, 1);
      // What a process started counts with it.
      expect(cpuMsOf(process.pid)).toBeGreaterThan(cpuMsOf(child.pid as number));
    } finally {
      child.kill('SIGKILL');
    }
  },
);
