import { create } from 'zustand';
import { type Me, me, type Status, status } from '../../shared/api/accounts.ts';
import { hasRole, type Role } from '../../shared/domain/account.ts';
import { ApiError, api, whenSignedOut } from '../api.ts';
import { connection } from '../connection/connection.ts';

export interface Session {
  /** What the server says of itself before anybody signs in. */
  status: Status | undefined;
  /** Who is signed in; undefined for nobody. */
  me: Me | undefined;
  /** Was signed in, and the server no longer thinks so: the page stays, a dialog asks to sign in again. */
  ended: boolean;
}

export const useSession = create<Session>(() => ({ status: undefined, me: undefined, ended: false }));

export const session = {
  get: useSession.getState,

  /**
   * Asks the server who this is, once at the start of the page.
   * @throws ApiError where the server cannot be reached
   */
  async load(): Promise<void> {
    if (session.get().status !== undefined) return;
    const server = await api.get('/status', status);
    const person = server.signedIn ? await whoAmI() : undefined;
    useSession.setState({ status: server, me: person, ended: false });
  },

  /** @throws ApiError `notSignedIn` for a wrong name or passphrase, `rateLimited` with `retryAfterMs` */
  async signIn(login: string, password: string): Promise<Me> {
    const person = await api.post('/session', { login, password }, me);
    session.signedIn(person);
    return person;
  },

  /** After set-up, an invitation or a sign-in. */
  signedIn(person: Me): void {
    const server = session.get().status;
    useSession.setState({
      me: person,
      ended: false,
      status: server && { ...server, setupNeeded: false, signedIn: true, place: person.place },
    });
  },

  /** What a welcome says of the account: an admin may have changed it meanwhile. */
  update(account: Pick<Me, 'id' | 'name' | 'role' | 'groups'>): void {
    const person = session.get().me;
    if (person === undefined || person.id !== account.id) return;
    useSession.setState({ me: { ...person, ...account } });
  },

  /**
   * Ends the session on the server and starts the page anew, so that nothing of this person stays in memory.
   * @throws ApiError where the server did not hear of it
   */
  async signOut(): Promise<void> {
    await api.delete('/session').catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
    });
    connection.stop();
    window.location.assign('/signin');
  },

  /** The server no longer knows this session. */
  end(): void {
    if (session.get().me !== undefined) useSession.setState({ ended: true });
  },
};

async function whoAmI(): Promise<Me | undefined> {
  try {
    return await api.get('/me', me);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
}

whenSignedOut(() => session.end());

/** Whether the person who is signed in holds a role, or one above it. */
export function useHasRole(needed: Role): boolean {
  return useSession((state) => state.me !== undefined && hasRole(state.me.role, needed));
}
