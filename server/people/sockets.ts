import { type CloseName, closeCodes } from '../../shared/protocol/close-codes.ts';
import type { Bus } from '../bus/bus.ts';

/** Makes a change of rights felt on live connections at once: they come back with the new ones, or not at all. */
export function closeSockets(
  bus: Bus,
  who: { accountId: string } | { sessionId: string },
  why: CloseName,
  reason: string = closeCodes[why].reason,
): void {
  bus.publish('close', { ...who, code: closeCodes[why].code, reason });
}
