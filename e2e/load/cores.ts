import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Where the server runs and where what loads it: neither takes the other's time, and the figures repeat. */
const SERVER_CORE = '0';
const GENERATOR_CORE = '1';

/**
 * Keeps this process, and so those that it starts, on the core of the load generator.
 * @returns what a server's command begins with, to run on its own; undefined where cores cannot be chosen
 */
export function takeCores(): string[] | undefined {
  const there = availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0;
  if (!there) return undefined;
  execFileSync('taskset', ['-a', '-c', '-p', GENERATOR_CORE, String(process.pid)], { stdio: 'ignore' });
  return ['taskset', '-c', SERVER_CORE];
}
