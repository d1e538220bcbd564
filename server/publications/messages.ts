import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { Publisher } from './publisher.ts';

interface PublishingClient {
  readonly account: Account;
  send(message: ServerMessage): void;
}

/** Handlers of WebSocket messages, by type. What they throw is answered as `error`. */
export function publicationMessages({ publisher }: { publisher: Publisher }) {
  return {
    async publish(client: PublishingClient, message: ClientMessageOf<'publish'>): Promise<void> {
      const { id, channel, data, key } = message;
      const item = { channel, data, ...(key !== undefined && { key }) };
      const [result] = await publisher.publish(client.account, [item]);
      if (result instanceof AppError) throw result;
      if (id === undefined) return;
      const { epoch, offset, duplicate } = result!;
      client.send({ type: 'published', id, epoch, offset, ...(duplicate && { duplicate }) });
    },
  };
}
