/** `npm run dev`: the server restarts and the page reloads when a file is saved. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fail, install, requireNode, root, say } from './steps.mjs';

try {
  requireNode();
  await install();
} catch (error) {
  fail(error);
}

const PAGE = 'http://localhost:5173';
const programs = [
  // Its links, the one for set-up too, must lead to the page that reloads.
  {
    args: [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'watch', '--clear-screen=false', 'server/main.ts'],
    env: { PUBLIC_URL: process.env.PUBLIC_URL ?? PAGE },
  },
  { args: [join('node_modules', 'vite', 'bin', 'vite.js'), '--clearScreen', 'false'], env: {} },
];
const children = programs.map(({ args, env }) =>
  spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }),
);

say(
  `Open ${PAGE} (the page, with reload on save); the server answers on port ${process.env.PORT ?? 8080} behind it.`,
);

let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) if (child.exitCode === null) child.kill('SIGINT');
}
for (const child of children) child.once('exit', (code) => end(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));
