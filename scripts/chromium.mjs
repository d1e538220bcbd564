/** Finds a Chromium for the stories, or gets one, or says in a sentence what to do. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, StepError, say } from './steps.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not this one
      }
    }
  }
  return undefined;
}

/**
 * @returns the browser's path: the one named by CALLBOARD_CHROMIUM, the system's, one that apt just installed (Debian,
 *   as root), or '' for Playwright's own
 * @throws StepError when none is to be had
 */
export async function findChromium() {
  const named = process.env.CALLBOARD_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new StepError(`CALLBOARD_CHROMIUM names ${named}, which does not exist.`);
  }
  const found = onPath();
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('Installing the Debian package chromium.');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get update', 'apt-get', ['update', '-qq'], { quiet: true, env });
    const { code } = await run('apt-get install', 'apt-get', ['install', '-y', '-qq', 'chromium'], {
      quiet: true,
      env,
    });
    const installed = onPath();
    if (code === 0 && installed) return installed;
  }
  say("Installing Playwright's own Chromium.");
  const { code } = await run(
    'playwright install',
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'install', 'chromium'],
    {
      quiet: true,
    },
  );
  if (code === 0) return '';
  throw new StepError(
    'The stories need a Chromium: install the package chromium, or name one with CALLBOARD_CHROMIUM=/path/to/chromium.',
  );
}
