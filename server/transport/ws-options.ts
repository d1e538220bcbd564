import type { ServerOptions } from 'ws';
import { SUBPROTOCOL } from '../../shared/protocol/version.ts';

/** Options of ws that its types do not know yet. */
const newerOptions = {
  /** More pings at once than this, with their pongs unwritten, are no heartbeat: the socket is cut (FRM-1). */
  maxPendingAutoPongs: 20,
  /** A peer that does not answer a close frame is cut after so long (ms). */
  closeTimeout: 5_000,
};

/**
 * How RFC 6455 is spoken here; the tests of conformance run with the same.
 * @param maxMessageBytes a larger message closes with 1009
 */
export function webSocketOptions(maxMessageBytes: number): ServerOptions {
  return {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    maxFragments: 256,
    maxBufferedChunks: 1_024,
    ...newerOptions,
    // A client that offers none of ours is told so by a close code: the first of its own lets the handshake end.
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : ([...offered][0] ?? false)),
  };
}
