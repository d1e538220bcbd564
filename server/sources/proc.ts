import { readdir, readFile } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';

/** Time of one core since the start of the machine, in units that only compare with each other. */
export interface CpuTimes {
  busy: number;
  idle: number;
}

/** A file of /proc, or undefined on systems that have none. */
async function proc(name: string): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

const fields = (line: string): string[] => line.trim().split(/\s+/);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Times of each core. Waiting for a disk counts as idle, as it does in top. */
export async function readCpuTimes(): Promise<CpuTimes[]> {
  const stat = await proc('stat');
  if (stat === undefined) {
    return cpus().map(({ times: { idle, ...busy } }) => ({ busy: sum(Object.values(busy)), idle }));
  }
  return stat
    .split('\n')
    .filter((line) => /^cpu\d/.test(line))
    .map((line) => {
      const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softirq = 0, steal = 0] = fields(
        line,
      )
        .slice(1)
        .map(Number);
      return { busy: user + nice + system + irq + softirq + steal, idle: idle + wait };
    });
}

/** Available = what programs could still get, caches included. */
export async function readMemory(): Promise<{ totalBytes: number; availableBytes: number }> {
  const text = await proc('meminfo');
  const kib = (name: string): number | undefined => {
    const [, figure] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text ?? '') ?? [];
    return figure === undefined ? undefined : Number(figure) * 1024;
  };
  return {
    totalBytes: kib('MemTotal') ?? totalmem(),
    availableBytes: kib('MemAvailable') ?? freemem(),
  };
}

/** Whole disks only: partitions, loops and mapped devices would count the same bytes again. */
const DISK = /^(?:(?:sd|vd|xvd|hd)[a-z]+|nvme\d+n\d+|mmcblk\d+)$/;
const SECTOR_BYTES = 512;

export async function readDiskBytes(): Promise<{ read: number; written: number } | undefined> {
  const text = await proc('diskstats');
  if (text === undefined) return undefined;
  const disks = text
    .split('\n')
    .map(fields)
    .filter(([, , name]) => DISK.test(name ?? ''));
  return {
    read: sum(disks.map((disk) => Number(disk[5]) * SECTOR_BYTES)),
    written: sum(disks.map((disk) => Number(disk[9]) * SECTOR_BYTES)),
  };
}

/** The machine itself and its containers would count the same bytes again. */
const INNER_INTERFACE = /^(?:lo|veth|docker|br-|virbr|cni|flannel|cali)/;

export async function readNetworkBytes(): Promise<{ received: number; sent: number } | undefined> {
  const text = await proc('net/dev');
  if (text === undefined) return undefined;
  const interfaces = text
    .split('\n')
    .slice(2)
    .map((line) => line.split(':', 2))
    .filter(([name = '', counters]) => counters !== undefined && !INNER_INTERFACE.test(name.trim()))
    .map(([, counters = '']) => fields(counters).map(Number));
  return {
    received: sum(interfaces.map((one) => one[0] ?? 0)),
    sent: sum(interfaces.map((one) => one[8] ?? 0)),
  };
}

export async function readProcesses(): Promise<{ total: number; running: number } | undefined> {
  const stat = await proc('stat');
  if (stat === undefined) return undefined;
  const entries = await readdir('/proc');
  const [, running] = /^procs_running (\d+)/m.exec(stat) ?? [];
  return { total: entries.filter((name) => /^\d+$/.test(name)).length, running: Number(running ?? 0) };
}
