/** `npm start`: installs and builds what is missing or stale, then runs the server in this process. */
import { build, fail, install, requireNode } from './steps.mjs';

try {
  requireNode();
  await install();
  await build();
} catch (error) {
  fail(error);
}
await import('../dist/server/main.js');
