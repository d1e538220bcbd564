import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second. */
const TICK_MS = 10;

/** CPU time of a process with all its threads, user and system; ms. */
export function cpuMs(pid: number): number {
  return readCpu(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

/** CPU time of its first thread alone: where Node runs JavaScript but for workers; ms. */
export function mainThreadCpuMs(pid: number): number {
  return readCpu(readFileSync(`/proc/${pid}/task/${pid}/stat`, 'latin1'));
}

/** How long its first thread was ready to run but had to wait for a core that others used; ms. */
export function waitedMs(pid: number): number {
  return readWaited(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1'));
}

/** @param schedstat time on a core and time waiting for one, in ns, and how often */
export function readWaited(schedstat: string): number {
  return Number(schedstat.split(' ')[1]) / 1e6;
}

/** @param stat the line of /proc/PID/stat; the name in it may hold spaces and brackets */
export function readCpu(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Resident memory; bytes. */
export function residentBytes(pid: number): number {
  return readResident(readFileSync(`/proc/${pid}/status`, 'latin1'));
}

/** @param status /proc/PID/status */
export function readResident(status: string): number {
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1_024;
}

/** CPU time of each thread, by the name that it gave itself; ms. */
export function threadsCpuMs(pid: number): Record<string, number> {
  const threads: Record<string, number> = {};
  for (const tid of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'latin1');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    threads[name] = (threads[name] ?? 0) + readCpu(stat);
  }
  return threads;
}
