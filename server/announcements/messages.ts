import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import type { ConnectedClient } from './directory.ts';
import type { AnnouncementService } from './service.ts';

/** Handlers of WebSocket messages, by type. What they throw is answered as `error`. */
export function announcementMessages({ announcements }: { announcements: AnnouncementService }) {
  return {
    async receipt(client: ConnectedClient, message: ClientMessageOf<'receipt'>): Promise<void> {
      const { id, announcement, revision, state, answer } = message;
      await announcements.receive(client.account, announcement, {
        revision,
        state,
        answer,
        device: client.device,
      });
      if (id !== undefined) client.send({ type: 'ok', id });
    },
  };
}
