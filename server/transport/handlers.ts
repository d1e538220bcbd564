import type { RequestId } from '../../shared/protocol/client-messages.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../hub/client.ts';
import type { Hub } from '../hub/hub.ts';
import type { Handlers } from './dispatch.ts';

export interface HandlerParts {
  hub: Pick<Hub, 'subscribe' | 'unsubscribe' | 'view'>;
  /** Id of a board that an account may see. @throws AppError `notFound`, `forbidden` */
  visibleBoard(account: Account, idOrSlug: string): Promise<string>;
  /** @throws AppError `notSignedIn`, `tokenExpired` */
  authenticateToken(token: string): Promise<Account>;
  /** ms since 1970 */
  clock: () => number;
}

/** Answers `ok` where the request asked for an answer (HLO-1). */
export function answerOk(client: Client, id: RequestId | undefined): void {
  if (id !== undefined) client.send({ type: 'ok', id });
}

/** The messages that concern the connection itself and what it hears. */
export function connectionHandlers({ hub, visibleBoard, authenticateToken, clock }: HandlerParts): Handlers {
  return {
    subscribe: (client, message) => hub.subscribe(client, message),
    unsubscribe: (client, message) => hub.unsubscribe(client, message),
    view: (client, { id, board, editing }) =>
      client.inOrder(async () => {
        // What is aimed at a board's viewers reaches only those who may see it.
        const shown = board === undefined ? undefined : await visibleBoard(client.account, board);
        hub.view(client, { board: shown, editing });
        answerOk(client, id);
      }),
    ping(client, { id, sentAt }) {
      client.send({ type: 'pong', ...(id !== undefined && { id }), sentAt, serverTime: clock() });
    },
    async refresh(client, { id, token }) {
      const account = await authenticateToken(token);
      if (account.id !== client.account.id) {
        throw new AppError('forbidden', { message: 'The token is of another account.' });
      }
      answerOk(client, id);
    },
  };
}
