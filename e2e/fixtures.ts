import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test';
import type { Role } from '../shared/domain/account.ts';
import { TestServer } from './server.ts';

export { expect };

export const PASSPHRASE = 'tide gauge brass kettle';
export const ADMIN = { login: 'ana', name: 'Ana Nunes' };

export interface Member {
  id: string;
  login: string;
  name: string;
}

/** What the browser itself says in red when the server is away; every other error in the console fails the story. */
const CONNECTION_LOST =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|ERR_EMPTY_RESPONSE|WebSocket connection to/;

interface Stories {
  /** A fresh server with an empty data folder. */
  server: TestServer;
  /** The same, with the place set up and its first admin. */
  place: TestServer;
  addPerson(name: string, role: Role, groups?: string[]): Promise<Member>;
  addGroup(name: string): Promise<string>;
  /** A page of a browser of its own; `errors` of its console fail the story. */
  openBrowser(options?: BrowserContextOptions): Promise<Page>;
  /** The same, signed in as that person and standing at `path`. */
  signedIn(login: string, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** From here on a lost connection may be red in the console. */
  allowLostConnection(): void;
}

export const test = base.extend<Stories & { lostConnection: { allowed: boolean } }>({
  lostConnection: async ({}, use) => use({ allowed: false }),
  allowLostConnection: async ({ lostConnection }, use) =>
    use(() => {
      lostConnection.allowed = true;
    }),

  server: async ({}, use) => {
    const server = await TestServer.start();
    await use(server);
    await server.remove();
  },

  place: async ({ server }, use) => {
    const token = new URLSearchParams(new URL(server.setupUrl).hash.slice(1)).get('token');
    await server.api('POST', '/setup', { token, place: 'Harbour Ops', ...ADMIN, password: PASSPHRASE });
    await use(server);
  },

  addGroup: async ({ place }, use) =>
    use(async (name) => (await place.api<{ id: string }>('POST', '/groups', { name })).id),

  addPerson: async ({ place }, use) =>
    use((name, role, groups = []) => {
      const login = (name.split(' ')[0] ?? name).toLowerCase();
      return place.api<Member>('POST', '/people', { login, name, role, groups, password: PASSPHRASE });
    }),

  openBrowser: async ({ browser, server, lostConnection }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(`${error.message}\n${error.stack ?? ''}`));
      page.on('console', (message) => {
        if (message.type() !== 'error') return;
        if (lostConnection.allowed && CONNECTION_LOST.test(message.text())) return;
        errors.push(`${message.text()} (${message.location().url})`);
      });
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(errors, 'errors in the console').toEqual([]);
  },

  signedIn: async ({ openBrowser }, use) =>
    use(async (login, path, options) => {
      const page = await openBrowser(options);
      // An empty page of the same origin: one of ours would ask for things and be told that nobody is signed in.
      await page.route('**/nothing', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' }),
      );
      await page.goto('/nothing');
      const status = await page.evaluate(
        async ([name, password]) =>
          (
            await fetch('/api/v1/session', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ login: name, password }),
            })
          ).status,
        [login, PASSPHRASE] as const,
      );
      expect(status, `sign-in of ${login}`).toBe(200);
      await page.goto(path);
      return page;
    }),
});
