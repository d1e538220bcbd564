/** `npm run soak`: a server under faults for minutes, and whether anybody missed anything without being told. */
import { build, fail, install, requireNode } from './steps.mjs';

try {
  requireNode();
  await install();
  await build();
} catch (error) {
  fail(error);
}
const { tsImport } = await import('tsx/esm/api');
await tsImport('../e2e/load/faults/soak-command.ts', import.meta.url);
