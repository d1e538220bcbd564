import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { arch } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server.ts';
import type { DialectName } from './dialects.ts';
import { LaunchedServer } from './launched-server.ts';
import type { ServerName } from './options.ts';
import type { Target } from './targets.ts';

/** Servers beside which Callboard is measured. They number publications and send them, and keep nothing. */
export type PeerName = Exclude<ServerName, 'callboard'>;

const folder = fileURLToPath(new URL('./peers/', import.meta.url));
/** The binary itself: the package's own command is a stub until a script of the package has run. */
const bun = `${folder}node_modules/@oven/bun-${process.platform}-${arch()}/bin/bun`;

const peers: Record<PeerName, { command: string[]; dialect: DialectName }> = {
  ws: { command: [process.execPath, `${folder}ws.mjs`], dialect: 'plain' },
  'socket.io': { command: [process.execPath, `${folder}socket-io.mjs`], dialect: 'socket.io' },
  bun: { command: [bun, `${folder}bun.mjs`], dialect: 'plain' },
};

/** Installs them as their lockfile says, without running any script of theirs. @throws Error when that fails */
export function installPeers(): void {
  if (existsSync(bun)) return;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The peers could not be installed:\n${stderr}`);
}

/** The versions that are installed, for the report. */
export function peerVersions(): Record<PeerName, string> {
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    dependencies: Record<PeerName, string>;
  };
  return dependencies;
}

/** @param pin what the command begins with, to run on a core of its own */
export async function peer(name: PeerName, pin: string[] = []): Promise<Target> {
  const { command, dialect } = peers[name];
  const port = await freePort();
  const server = new LaunchedServer({
    command: [...pin, ...command],
    env: { PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/ready`,
  });
  await server.start();
  return {
    ...{ port, dialect, server, pid: server.pid, publishPath: '/publish', key: 'none', viewerKey: 'none' },
    close: () => server.end('SIGKILL'),
  };
}
