import type { Announcement, Target } from '../../shared/domain/announcement.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Bus, Recipients } from '../bus/bus.ts';
import type { Connections } from './directory.ts';
import { asDelivered, type Receipt } from './receipts.ts';
import { isScreen } from './targets.ts';

/** An announcement as one person, or a screen, gets it. */
export function announcementMessage(announcement: Announcement, receipt?: Receipt): ServerMessage {
  return { type: 'announcement', announcement: asDelivered(announcement, receipt) };
}

/** Brings announcements to the connections of people, and to screens, by way of the bus. */
export class Delivery {
  readonly #bus: Bus;
  readonly #connections: Connections;

  constructor(bus: Bus, connections: Connections) {
    this.#bus = bus;
    this.#connections = connections;
  }

  /** To all connections of these people, each with their own state. Who stands alike shares one message. */
  toPeople(announcement: Announcement, receipts: readonly Receipt[]): void {
    const alike = new Map<string, { people: string[]; message: ServerMessage }>();
    for (const receipt of receipts) {
      const key = JSON.stringify([receipt.rank, receipt.answer, receipt.deferredAt]);
      const group = alike.get(key);
      if (group) group.people.push(receipt.personId);
      else
        alike.set(key, {
          people: [receipt.personId],
          message: announcementMessage(announcement, receipt),
        });
    }
    for (const { people, message } of alike.values()) this.#send({ people }, message);
  }

  /** To screens that the target names and, where it is given, `unless` does not. */
  toScreens(announcement: Announcement, target: Target, unless?: Target): void {
    const screens: string[] = [];
    for (const client of this.#connections.clients())
      if (isScreen(target, client) && !(unless && isScreen(unless, client))) screens.push(client.id);
    if (screens.length > 0) this.#send({ connections: screens }, announcementMessage(announcement));
  }

  /** A new announcement: nobody has a state of their own yet. */
  first(announcement: Announcement, receipts: readonly Receipt[]): void {
    const { target } = announcement;
    if (target.everyone && !target.except) {
      this.#send({ everyone: true }, announcementMessage(announcement));
      return;
    }
    this.toPeople(announcement, receipts);
    this.toScreens(announcement, target);
  }

  #send(to: Recipients, message: ServerMessage): void {
    this.#bus.publish('send', { to, message });
  }
}
