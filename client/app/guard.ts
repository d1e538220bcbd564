import type { Session } from '../session/session-store.ts';

export type Admission = { go: 'on' } | { go: 'setup' } | { go: 'signin'; to: string } | { go: 'home' };

/** Pages that are for people who are not signed in. */
const open = ['/setup', '/signin', '/invite'];

/**
 * Whether a page may open, before anything of it is loaded. Roles are looked at later, inside the shell.
 * @param path path with query of the page asked for, to come back to after sign-in
 */
export function admit(session: Pick<Session, 'status' | 'me'>, path: string): Admission {
  const pathname = path.split(/[?#]/, 1)[0] ?? '/';
  if (session.status?.setupNeeded === true) return pathname === '/setup' ? { go: 'on' } : { go: 'setup' };
  if (pathname === '/setup') return session.me === undefined ? { go: 'signin', to: '/' } : { go: 'home' };
  if (pathname === '/signin' && session.me !== undefined) return { go: 'home' };
  if (open.includes(pathname) || session.me !== undefined) return { go: 'on' };
  return { go: 'signin', to: path };
}

/**
 * Where to go after sign-in: a path of this very site, or `/`. What stands in the address came from anywhere:
 * `//evil.example`, `/\evil.example` and `javascript:` must not lead away.
 */
export function safeDestination(to: unknown): string {
  if (typeof to !== 'string' || !to.startsWith('/') || to.length > 2_000) return '/';
  const base = 'http://callboard.invalid';
  const url = URL.canParse(to, base) ? new URL(to, base) : undefined;
  if (url === undefined || url.origin !== base) return '/';
  if (open.includes(url.pathname)) return '/';
  // A path that is safe once may be read a second time: `/.//evil.example` is normalised to `//evil.example`.
  const destination = `${url.pathname}${url.search}${url.hash}`;
  return destination.startsWith('//') ? '/' : destination;
}
