import { existsSync, readFileSync } from 'node:fs';

/** Linux tells the time of a process in hundredths of a second, whatever the kernel counts in. */
const tickMs = 10;

/** A process and those that it started. */
function family(pid: number): number[] {
  const children = `/proc/${pid}/task/${pid}/children`;
  const pids = existsSync(children) ? readFileSync(children, 'utf8').split(' ').filter(Boolean).map(Number) : [];
  return [pid, ...pids.flatMap(family)];
}

/** Time that a process and its children have spent on processors, in user and system mode, in milliseconds. From `/proc`. */
export function cpuMsOf(pid: number): number {
  const ticks = family(pid).map((each) => {
    // The second field is a name in parentheses, in which anything may stand; user and system time are the 14th and 15th.
    const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, each) => sum + each, 0) * tickMs;
}

/** The most memory that a process and its children have had resident, in megabytes of a million bytes. From `/proc`. */
export function peakMegabytesOf(pid: number): number {
  const kibibytes = family(pid).map((each) =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1] ?? 0),
  );
  return (kibibytes.reduce((sum, each) => sum + each, 0) * 1024) / 1e6;
}
