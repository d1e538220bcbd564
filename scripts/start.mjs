/** `npm start`: installs and builds what is missing or stale, then runs the server in this process. */
import { build, fail, install, requireNode } from './steps.mjs';

const PARENT_LOOK_MS = 500;

/**
 * A signal to npm ends npm and its shell, and leaves this process behind with the port and the data folder. So it
 * takes the end of its parent for the signal.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_LOOK_MS);
  watch.unref();
}

endWithNpm();

try {
  requireNode();
  await install();
  await build();
} catch (error) {
  fail(error);
}
await import('../dist/server/main.js');
