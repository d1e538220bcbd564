import { statfs } from 'node:fs/promises';
import { availableParallelism, hostname, loadavg, uptime } from 'node:os';
import {
  type CpuTimes,
  readCpuTimes,
  readDiskBytes,
  readMemory,
  readNetworkBytes,
  readProcesses,
} from './proc.ts';

/** One publication of `system.host`. What the system does not tell is absent. */
export interface HostFigures {
  node: string;
  cpu: { percent: number; cores: number[] };
  memory: { usedBytes: number; totalBytes: number; percent: number };
  load: { one: number; five: number; fifteen: number };
  disk: {
    usedBytes: number;
    totalBytes: number;
    percent: number;
    readBytesPerSecond?: number;
    writeBytesPerSecond?: number;
  };
  network?: { receivedBytesPerSecond: number; sentBytesPerSecond: number };
  processes?: { total: number; running: number };
  uptimeSeconds: number;
}

interface Counters {
  at: number;
  cpu: CpuTimes[];
  disk: { read: number; written: number } | undefined;
  network: { received: number; sent: number } | undefined;
}

/** Number of cores that `cpu.cores` has. */
export const coreCount = availableParallelism;

const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** A share of 0 to 100. */
function percent(part: number, whole: number): number {
  return whole > 0 ? round(Math.min(100, Math.max(0, (100 * part) / whole))) : 0;
}

/** Per second between two readings of a counter; one that was reset (interface gone, disk removed) gives 0. */
function rate(now: number, before: number, seconds: number): number {
  return seconds > 0 ? Math.max(0, Math.round((now - before) / seconds)) : 0;
}

/** Measures the machine. Rates and CPU are those between two calls of `read`. */
export class HostSource {
  readonly #folder: string;
  readonly #now: () => number;
  #before: Counters | undefined;

  /** @param folder whose disk is measured @param now monotonic, in ms */
  constructor(folder: string, now: () => number = () => performance.now()) {
    this.#folder = folder;
    this.#now = now;
  }

  /** The figures since the call before; undefined for the first one, which only reads the counters. */
  async read(): Promise<HostFigures | undefined> {
    const [cpu, disk, network] = await Promise.all([readCpuTimes(), readDiskBytes(), readNetworkBytes()]);
    const now: Counters = { at: this.#now(), cpu, disk, network };
    const before = this.#before;
    this.#before = now;
    if (!before) return undefined;
    const seconds = (now.at - before.at) / 1000;
    const [memory, space, processes] = await Promise.all([
      readMemory(),
      statfs(this.#folder),
      readProcesses(),
    ]);
    const [one = 0, five = 0, fifteen = 0] = loadavg();
    const used = (space.blocks - space.bfree) * space.bsize;
    return {
      node: hostname(),
      cpu: cpuPercent(now.cpu, before.cpu),
      memory: {
        usedBytes: memory.totalBytes - memory.availableBytes,
        totalBytes: memory.totalBytes,
        percent: percent(memory.totalBytes - memory.availableBytes, memory.totalBytes),
      },
      load: { one: round(one, 2), five: round(five, 2), fifteen: round(fifteen, 2) },
      disk: {
        usedBytes: used,
        totalBytes: space.blocks * space.bsize,
        // As df says it: of what can be used, without the part kept for root.
        percent: percent(used, used + space.bavail * space.bsize),
        ...(now.disk &&
          before.disk && {
            readBytesPerSecond: rate(now.disk.read, before.disk.read, seconds),
            writeBytesPerSecond: rate(now.disk.written, before.disk.written, seconds),
          }),
      },
      ...(now.network &&
        before.network && {
          network: {
            receivedBytesPerSecond: rate(now.network.received, before.network.received, seconds),
            sentBytesPerSecond: rate(now.network.sent, before.network.sent, seconds),
          },
        }),
      ...(processes && { processes }),
      uptimeSeconds: Math.round(uptime()),
    };
  }
}

function cpuPercent(now: readonly CpuTimes[], before: readonly CpuTimes[]): HostFigures['cpu'] {
  let busyOfAll = 0;
  let allOfAll = 0;
  const cores = now.map((core, at) => {
    const busy = core.busy - (before[at]?.busy ?? core.busy);
    const all = busy + core.idle - (before[at]?.idle ?? core.idle);
    busyOfAll += busy;
    allOfAll += all;
    return percent(busy, all);
  });
  return { percent: percent(busyOfAll, allOfAll), cores };
}
