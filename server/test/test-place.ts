import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Role, Scope } from '../../shared/domain/account.ts';
import { type App, createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { TestClient } from './test-client.ts';

export const ADMIN_KEY = 'an-admin-key-for-the-tests';
export const PASSPHRASE = 'tide gauge brass kettle';

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape, looked at field by field
  body: any;
}

export interface CallOptions {
  key?: string;
  cookie?: string;
  origin?: string;
  headers?: Record<string, string>;
}

/** The whole server in this process, on a free port and in a data folder of its own. */
export class TestPlace {
  readonly app: App;
  readonly url: string;
  /** What the server's clock says; tests move it. */
  readonly time: { now: number };
  readonly #folder: string;

  private constructor(app: App, port: number, folder: string, time: { now: number }) {
    this.app = app;
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.time = time;
  }

  static async open(env: Record<string, string> = {}): Promise<TestPlace> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-place-'));
    const config = readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: folder,
      CALLBOARD_ADMIN_KEY: ADMIN_KEY,
      ...env,
    });
    const time = { now: Date.now() };
    const app = await createApp(config, {
      log: pino({ enabled: false }),
      sources: false,
      clock: () => time.now,
      client: join(folder, 'no-client'),
    });
    const { port } = await app.start();
    return new TestPlace(app, port, folder, time);
  }

  async close(): Promise<void> {
    await this.app.stop(false);
    await rm(this.#folder, { recursive: true, force: true });
  }

  get setupToken(): string {
    return new URLSearchParams(new URL(this.app.setupUrl ?? '').hash.slice(1)).get('token') ?? '';
  }

  /** Calls the API below `/api/v1`; a text goes as it is, anything else as JSON. */
  async call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> {
    const { key, cookie, origin, headers = {} } = options;
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(cookie !== undefined && { cookie }),
        ...(origin !== undefined && { origin }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  /** As the static admin key; fails on anything but success. */
  async admin(method: string, path: string, body?: unknown): Promise<Reply['body']> {
    const reply = await this.call(method, path, body, { key: ADMIN_KEY });
    if (reply.status >= 300)
      throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** Makes the first admin. @returns the cookie of the session that began with it */
  async setUp(): Promise<string> {
    const token = this.setupToken;
    const first = { token, place: 'Harbour', login: 'ana', name: 'Ana', password: PASSPHRASE };
    return cookieOf(await this.call('POST', '/setup', first));
  }

  /** Adds somebody. @returns the id */
  async addPerson(login: string, role: Role, groups: string[] = []): Promise<string> {
    const person = { login, name: login, password: PASSPHRASE, role, groups };
    return (await this.admin('POST', '/people', person)).id;
  }

  /** @returns the cookie */
  async signIn(login: string): Promise<string> {
    return cookieOf(await this.call('POST', '/session', { login, password: PASSPHRASE }));
  }

  /** Makes a key. @returns its id and secret */
  async addKey(scopes: Scope[], role?: Role): Promise<{ id: string; key: string }> {
    return this.admin('POST', '/keys', { name: 'test', scopes, ...(role && { role }) });
  }

  /** A live connection of a person, as a page opens it. */
  connect(cookie: string): Promise<TestClient> {
    return TestClient.connect(this.url, { cookie, origin: this.url });
  }

  /** A request with headers that fetch would not send, such as Host. */
  raw(method: string, path: string, headers: Record<string, string>, body?: string | Buffer): Promise<Reply> {
    return new Promise((resolve, reject) => {
      // Node gives DELETE no length of its own, and without one a body is no HTTP.
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(
        `${this.url}${path}`,
        { method, headers: { ...length, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => {
            const given = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
              values.map((value): [string, string] => [name, value]),
            );
            const json = response.headers['content-type']?.includes('json') && text !== '';
            resolve({
              status: response.statusCode ?? 0,
              headers: new Headers(given),
              body: json ? JSON.parse(text) : text,
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** The `name=value` of the session cookie that an answer sets. */
export function cookieOf({ status, headers, body }: Reply): string {
  const [cookie] = headers.getSetCookie().filter((one) => !one.includes('=;'));
  if (!cookie) throw new Error(`no cookie: ${status} ${JSON.stringify(body)}`);
  return cookie.split(';', 1)[0] ?? '';
}
