import type { Role, Scope } from '../../shared/domain/account.ts';

/** Whoever stands behind a request or a socket, after authentication. */
export interface Account {
  /** A person's id, or `key:…`. */
  id: string;
  kind: 'person' | 'key';
  name: string;
  /** Of a key without a role of its own: `viewer`, and only its scopes count. */
  role: Role;
  groups: readonly string[];
  /** Keys only: what they may do beside what their role allows. */
  scopes?: readonly Scope[];
  /** Keys only: the key carries a role, which adds administration (WHO-1). */
  hasRole?: boolean;
  /** People only: the session that signed in. */
  sessionId?: string;
}
