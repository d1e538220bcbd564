import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';
import type { TrustProxy } from './config.ts';

/** Where a request comes from: the peer, or what proxies that are trusted say of it. */
export function clientAddress(req: IncomingMessage, trust: TrustProxy): string {
  return req.socket.remoteAddress === undefined ? '' : proxyAddress(req, trust);
}

/**
 * What limits count by. One customer has a whole /64 of IPv6 addresses, so that counts as one; IPv4 written as IPv6 is
 * IPv4.
 */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
