import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Role } from '../../shared/domain/account.ts';
import { type App, createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Logger } from '../logger.ts';
import { TestClient, type TestClientOptions } from './test-client.ts';

const ADMIN_KEY = 'an-admin-key-for-the-tests';

export interface TestServer {
  readonly app: App;
  readonly url: string;
  readonly adminKey: string;
  /** Calls the API, as admin unless another key is given (`''`: none). */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; headers: Headers; body: T }>;
  /** A socket that has been welcomed, with the admin key unless something else is given. */
  connect(options?: TestClientOptions): Promise<TestClient>;
  /** A person of that role, signed in: the cookie that says so. */
  signIn(login: string, role: Role, groups?: string[]): Promise<{ id: string; cookie: string }>;
  publish(channel: string, ...data: unknown[]): Promise<void>;
  stop(): Promise<void>;
}

/** The whole server in this process, on a free port and an empty folder, without its own sources. */
export async function startServer(
  env: Record<string, string> = {},
  log: Logger = pino({ level: 'silent' }),
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'callboard-test-'));
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    CALLBOARD_ADMIN_KEY: ADMIN_KEY,
    ...env,
  });
  const app = await createApp(config, { log, sources: false });
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}`;
  const clients: TestClient[] = [];

  const call: TestServer['call'] = async (method, path, body, key = ADMIN_KEY) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(key !== '' && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };

  /** Until the set-up nobody can sign in; the first person is made by it. */
  const setUp = once(async () => {
    const token = new URL(app.setupUrl ?? '').hash.slice('#token='.length);
    const first = {
      token,
      place: 'Test',
      login: 'first-admin',
      name: 'First',
      password: 'a first long passphrase',
    };
    const { status, body } = await call('POST', '/setup', first, '');
    if (status !== 201) throw new Error(JSON.stringify(body));
  });

  return {
    app,
    url,
    adminKey: ADMIN_KEY,
    call,
    async connect(options = {}) {
      const named = options.key !== undefined || options.cookie !== undefined || options.hello === false;
      const client = await TestClient.connect(url, named ? options : { ...options, key: ADMIN_KEY });
      clients.push(client);
      return client;
    },
    async signIn(login, role, groups = []) {
      await setUp();
      const password = `a long enough passphrase for ${login}`;
      const created = await call<{ id: string }>('POST', '/people', {
        login,
        name: login,
        password,
        role,
        groups,
      });
      if (created.status !== 201) throw new Error(JSON.stringify(created.body));
      const response = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ login, password }),
      });
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
      if (cookie === undefined) throw new Error(`No session: ${response.status} ${await response.text()}`);
      return { id: created.body.id, cookie };
    },
    async publish(channel, ...data) {
      const publications = data.map((one) => ({ channel, data: one }));
      const { status, body } = await call('POST', '/publish', { publications });
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    async stop() {
      for (const client of clients) client.ws.terminate();
      await app.stop(false);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
