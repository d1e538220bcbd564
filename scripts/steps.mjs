/**
 * What `npm start`, `npm run dev` and `npm test` share. Plain JavaScript without dependencies: it runs before
 * anything is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A step that cannot go on for a reason that the reader can mend: one sentence instead of a stack. */
export class StepError extends Error {}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StepError(`Callboard needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

/**
 * Runs a program in the project's folder and says every ten seconds that it still does.
 * @param options.quiet keep its output back and return it; it is shown when the program fails
 * @returns its exit code and, when quiet, what it printed
 */
export async function run(label, command, args, options = {}) {
  const started = Date.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const progress = setInterval(() => {
    say(`  ${label}: still at it after ${Math.round((Date.now() - started) / 1000)} s`);
  }, 10_000);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? 1));
    });
    return { code, output, seconds: (Date.now() - started) / 1000 };
  } finally {
    clearInterval(progress);
  }
}

function fingerprint(files, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of files) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function readMark(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Installs what the lockfile says, unless that was done already. */
export async function install() {
  const mark = join(root, 'node_modules', '.callboard-installed');
  const wanted = fingerprint(['package.json', 'package-lock.json'], `node ${process.versions.modules}`);
  if (readMark(mark) === wanted) return;
  say('Installing dependencies. The first time takes a minute or two: SQLite may have to be compiled.');
  const { code, output, seconds } = await run(
    'install',
    'npm',
    ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'],
    { quiet: true },
  );
  if (code !== 0) {
    say(output);
    throw new StepError(
      'npm ci failed; its last lines above say why. python3, make and g++ are needed where SQLite compiles.',
    );
  }
  writeFileSync(mark, wanted);
  say(`Installed in ${seconds.toFixed(0)} s.`);
}

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'test' ? [] : sources(path);
    return /\.(?:test|contract)\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

/** Builds client and server, unless the sources are those of the last build. */
export async function build() {
  const mark = join(root, 'dist', '.callboard-built');
  const files = [
    ...['client', 'server', 'shared'].flatMap(sources).sort(),
    'package.json',
    'package-lock.json',
    'vite.config.ts',
    'vite.server.config.ts',
  ];
  const wanted = fingerprint(files);
  if (readMark(mark) === wanted) return;
  say('Building client and server.');
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  let seconds = 0;
  for (const [label, args] of [
    ['client', ['build', '--logLevel', 'warn']],
    ['server', ['build', '--config', 'vite.server.config.ts', '--logLevel', 'warn']],
  ]) {
    const built = await run(`build of the ${label}`, process.execPath, [vite, ...args], { quiet: true });
    seconds += built.seconds;
    if (built.code !== 0) {
      say(built.output);
      throw new StepError(`The build of the ${label} failed; the lines above say why.`);
    }
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(mark, wanted);
  say(`Built in ${seconds.toFixed(0)} s.`);
}

/** Ends the program with a sentence for a StepError, and with everything for a mistake of ours. */
export function fail(error) {
  process.stderr.write(`${error instanceof StepError ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
