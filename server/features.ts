import type { Request, Router } from 'express';
import type { ServerMessage } from '../shared/protocol/server-messages.ts';
import { announcementMessages } from './announcements/messages.ts';
import { announcementRoutes } from './announcements/routes.ts';
import { AnnouncementService } from './announcements/service.ts';
import type { Accounts } from './auth/accounts.ts';
import { adminAccount } from './auth/authenticate.ts';
import { refuseWeakPassword } from './auth/passwords.ts';
import { authRoutes } from './auth/routes.ts';
import { boardRoutes } from './boards/routes.ts';
import { BoardsService } from './boards/service.ts';
import { VERSION } from './build.ts';
import { connectionRoutes } from './connections/connections-routes.ts';
import { ConnectionsService } from './connections/connections-service.ts';
import { openapiRoutes } from './http/openapi.ts';
import type { Client } from './hub/client.ts';
import { keyRoutes } from './keys/keys-routes.ts';
import type { KeysService } from './keys/keys-service.ts';
import type { Logger } from './logger.ts';
import type { Mechanisms } from './mechanisms.ts';
import type { Metrics } from './metrics.ts';
import { Directory } from './people/directory.ts';
import { groupRoutes } from './people/groups-routes.ts';
import { GroupsService } from './people/groups-service.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { PeopleService } from './people/people-service.ts';
import { ChannelsService } from './publications/channels-service.ts';
import { publicationMessages } from './publications/messages.ts';
import { publicationRoutes } from './publications/routes.ts';
import { Events } from './sources/events.ts';
import type { Handlers } from './transport/dispatch.ts';
import { connectionHandlers } from './transport/handlers.ts';

export interface FeatureParts {
  mechanisms: Mechanisms;
  accounts: Accounts;
  keys: KeysService;
  log: Logger;
  metrics: Metrics;
  build: string;
  outboxMaxBytes: number;
  clock: () => number;
  /** Where this Callboard is reached, for links. */
  baseUrl(req: Request): string;
}

export interface Features {
  /** With paths relative to `/api/v1`. */
  routes: Router[];
  handlers: Handlers;
  /** What a client gets with its welcome. */
  greet(client: Client): Promise<{ inForce: string[]; messages: ServerMessage[] }>;
  events: Events;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes every feature and joins it to the mechanisms and to what it needs of others; they do not know each other. */
export function createFeatures(parts: FeatureParts): Features {
  const { mechanisms, accounts, keys, log, metrics, build, outboxMaxBytes, clock, baseUrl } = parts;
  const { db, bus, hub, channelLog, publisher } = mechanisms;
  const { passwords, sessions, invites, cookie, setup, authenticator } = accounts;

  const events = new Events((channel, data) => publisher.publishAsServer(channel, data), log);
  const directory = new Directory(db);
  const changed = (): void => directory.changed();
  const people = new PeopleService({
    db,
    bus,
    clock,
    changed,
    online: (personId) => hub.clientsOf(personId).size,
    hashPassword: (password) => passwords.hash(password),
    refuseWeakPassword,
    createInvite: (trx, personId) => invites.create(trx, personId),
  });
  const groups = new GroupsService({ db, bus, clock, changed });
  const boards = new BoardsService({
    db,
    bus,
    clock,
    groups: () => directory.groups(),
    viewers: (boardId) => countViewers(hub.clients(), boardId),
    changed: ({ name, groups: restricted }, what) => {
      const title = restricted?.length ? 'A board' : `The board “${name}”`;
      events.tell('info', `${title} was ${what}.`);
    },
  });
  const channels = new ChannelsService({ log: channelLog, bus, activity: hub });
  const connections = new ConnectionsService({
    hub,
    bus,
    outboxMaxBytes,
    people: () => directory.people(),
  });
  const announcements = new AnnouncementService({
    db,
    bus,
    log,
    clock,
    connections: hub,
    directory: {
      people: () => directory.people(),
      groups: () => directory.groups(),
      boards: () => boards.names(),
    },
  });

  const stopListening = hub.on('slow', (client) => {
    events.tell('warning', `A slow line (${client.device}) could not follow and catches up from history.`);
  });

  return {
    events,
    routes: [
      authRoutes({
        ...{ db, bus, log, passwords, sessions, invites, setup, cookie, build },
        directoryChanged: changed,
        version: VERSION,
        signIns: metrics.signIns,
        authenticate: (req) => authenticator.authenticate(req),
      }),
      publicationRoutes({ publisher, channels }),
      boardRoutes({ boards }),
      announcementRoutes({ announcements }),
      peopleRoutes({ people, baseUrl }),
      groupRoutes({ groups }),
      keyRoutes({ keys }),
      connectionRoutes({ connections }),
      openapiRoutes(VERSION),
    ],
    handlers: {
      ...connectionHandlers({
        hub,
        visibleBoard: async (account, board) => (await boards.get(account, board)).id,
        authenticateToken: (token) => authenticator.authenticateToken(token),
        clock,
      }),
      ...publicationMessages({ publisher }),
      ...announcementMessages({ announcements }),
    },
    async greet(client) {
      // Rights may have changed between the upgrade and now, when nobody could have closed this client yet.
      const { account } = client;
      const holds =
        account === adminAccount ||
        (await (account.kind === 'person' ? sessions.stillHolds(account) : keys.stillHolds(account)));
      if (!holds) {
        client.close('sessionEnded');
        return { inForce: [], messages: [] };
      }
      return announcements.greet(client);
    },
    start: () => announcements.start(),
    async stop() {
      stopListening();
      await announcements.stop();
      await keys.flush();
    },
  };
}

/** People who have a board open, each once, and walls that show it. */
function countViewers(clients: Iterable<Client>, boardId: string): { viewers: number; walls: number } {
  const viewers = new Set<string>();
  let walls = 0;
  for (const { board, kind, account } of clients) {
    if (board !== boardId) continue;
    if (kind === 'wall') walls += 1;
    else if (account.kind === 'person') viewers.add(account.id);
  }
  return { viewers: viewers.size, walls };
}
