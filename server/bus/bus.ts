import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { StoredPublication } from '../log/log.ts';

/** A publication that the log has kept, on its way to every node's hub. */
export interface BusPublication extends StoredPublication {
  channel: string;
  epoch: string;
}

/** Which connections a message is for; a connection that any part names gets it once. */
export interface Recipients {
  everyone?: true;
  people?: readonly string[];
  groups?: readonly string[];
  boards?: readonly string[];
  tags?: readonly string[];
  connections?: readonly string[];
}

export interface BusEvents {
  /** In offset order per channel. */
  publications: readonly BusPublication[];
  /** A message in its own lane: announcements, receipts, `message`. */
  send: { to: Recipients; message: ServerMessage };
  /** Close connections of an account, a session or by id, because rights changed or an admin said so. */
  close: { accountId?: string; sessionId?: string; clientId?: string; code: number; reason: string };
  /** The numbering of a channel ended (drop, change of durability): subscribers must load anew. */
  epochEnded: { channel: string };
}

/** Tells the hubs of all nodes, this one included. An accelerator only: the log is the truth. */
export interface Bus {
  publish<K extends keyof BusEvents>(kind: K, event: BusEvents[K]): void;
  /** @returns a function that ends the listening */
  on<K extends keyof BusEvents>(kind: K, listener: (event: BusEvents[K]) => void): () => void;
  close(): Promise<void>;
}
