/**
 * Versions of the wire. A change that an older peer would misread comes with a new number and a line here.
 *
 * 1  the first one
 */
export const PROTOCOL_VERSION = 1;
export const OLDEST_SERVED_VERSION = 1;
export const SUBPROTOCOL = 'callboard.v1';
