import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../config-fields.ts';
import { openDataDir } from './data-dir.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'callboard-data-'));
});

afterEach(() => rmSync(parent, { recursive: true }));

test('the data folder is created for its owner alone', () => {
  const data = openDataDir(join(parent, 'deep', 'data'));
  expect(statSync(data.path).mode & 0o777).toBe(0o700);
  data.release();
});

test('a second process is told in a sentence that the folder is taken, and gets it after the first has gone', () => {
  const folder = join(parent, 'data');
  const first = openDataDir(folder);
  expect(() => openDataDir(folder)).toThrow(/Another Callboard is running with the data folder .*DATA_DIR/);
  first.release();
  openDataDir(folder).release();
});

test('the lock of a process that was killed is free', () => {
  const folder = join(parent, 'data');
  const source = JSON.stringify(new URL('./data-dir.ts', import.meta.url).href);
  const killed = spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `(await import(${source})).openDataDir(${JSON.stringify(folder)}); process.kill(process.pid, 'SIGKILL')`,
    ],
    { encoding: 'utf8' },
  );
  expect(killed.signal, killed.stderr).toBe('SIGKILL');
  openDataDir(folder).release();
});

test('a path that cannot be a folder is refused with a sentence that names the variable and its value', () => {
  const file = join(parent, 'file');
  writeFileSync(file, '');
  const refused = (path: string, fault: RegExp): void => {
    expect(() => openDataDir(path)).toThrow(ConfigError);
    expect(() => openDataDir(path)).toThrow(`DATA_DIR is "${path}", but must be a folder`);
    expect(() => openDataDir(path)).toThrow(fault);
  };
  refused(file, /it is a file/);
  refused(join(file, 'below'), /it cannot be created \(ENOTDIR\)/);
});

test.runIf(process.platform === 'linux')('a parent that takes no folders ends the attempt', () => {
  expect(() => openDataDir('/proc/nope/deeper')).toThrow(/DATA_DIR is .* cannot be created \(ENOENT\)/);
  expect(() => openDataDir('/proc')).toThrow(/DATA_DIR is "\/proc", .* cannot be used/);
});
