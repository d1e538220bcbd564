/**
 * `npm test`: everything; `npm run check` (`--quick`): without the load tests and the browser.
 * Ends with `N passed, N failed`, which adds up every part; a part that could not run counts as one failure.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { build, fail, install, requireNode, run, StepError, say } from './steps.mjs';

const quick = process.argv.includes('--quick');
const reports = mkdtempSync(join(tmpdir(), 'callboard-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function count(part, { passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(`${part}: ${failed} failed`);
}

/** A part that either passes or fails as a whole. */
async function check(part, script, args) {
  say(`\n== ${part}`);
  const { code, seconds } = await run(part, process.execPath, [join('node_modules', script), ...args]);
  say(`   ${code === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  count(part, code === 0 ? { passed: 1 } : { failed: 1 });
}

/** A test runner that writes a report; without a readable one the part counts as one failure. */
async function suite(part, script, args, report, env, read) {
  say(`\n== ${part}`);
  const { code } = await run(part, process.execPath, [join('node_modules', script), ...args], { env });
  const counted = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : {};
  const ran = (counted.passed ?? 0) + (counted.failed ?? 0);
  if (ran === 0 || (code !== 0 && !counted.failed)) counted.failed = (counted.failed ?? 0) + 1;
  count(part, counted);
}

async function vitest(part, project) {
  const report = join(reports, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  await suite(part, 'vitest/vitest.mjs', args, report, {}, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

async function stories() {
  say('\n== build');
  await build();
  const report = join(reports, 'stories.json');
  const env = { CALLBOARD_CHROMIUM: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'];
  await suite('stories in Chromium', '@playwright/test/cli.js', args, report, env, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

/** A part that cannot even begin is one failure, and the others still run. */
async function attempt(part, work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof StepError ? error.message : String(error?.stack ?? error));
    count(part, { failed: 1 });
  }
}

try {
  requireNode();
  await install();
} catch (error) {
  fail(error);
}

const started = Date.now();
for (const project of ['server', 'client', 'e2e']) {
  await check(`types of ${project}`, 'typescript/bin/tsc', ['--project', project]);
}
await check('lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']);
await vitest('unit, contract and server tests', 'quick');
if (!quick) {
  await vitest('load tests', 'load');
  await attempt('stories in Chromium', stories);
}
rmSync(reports, { recursive: true, force: true });

say(`\nAll of it took ${Math.round((Date.now() - started) / 1000)} s.`);
for (const line of failures) say(line);
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
