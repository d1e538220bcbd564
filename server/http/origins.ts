import { isIP } from 'node:net';
import type { Config } from '../config.ts';

type OriginConfig = Pick<Config, 'allowedOrigins' | 'publicUrl'>;
type HostConfig = Pick<Config, 'allowedHosts' | 'publicUrl'>;

/** `own`: the page came from this server. `listed`: ALLOWED_ORIGINS names it. Anything else is `foreign`. */
export type OriginKind = 'own' | 'listed' | 'foreign';

/** `*.example.com` covers every name below example.com, but not example.com. */
function covers(pattern: string, name: string): boolean {
  return pattern.startsWith('*.')
    ? name.endsWith(pattern.slice(1)) && name.length >= pattern.length
    : pattern === name;
}

/** Splits `https://*.example.com:8443`; a pattern without a scheme stands for both. */
function parsePattern(pattern: string): { scheme: string | undefined; host: string } {
  const at = pattern.indexOf('://');
  return at < 0
    ? { scheme: undefined, host: pattern }
    : { scheme: pattern.slice(0, at + 1), host: pattern.slice(at + 3) };
}

/** Browsers leave out the port that belongs to the scheme, so a pattern may name it or not. */
function withoutDefaultPort(host: string, scheme: string): string {
  return host.replace(scheme === 'https:' ? /:443$/ : /:80$/, '');
}

/**
 * Judges the `Origin` of a request, for HTTP and for the upgrade alike (WHO-3). Own = host and port equal `Host`, and
 * the scheme is https exactly when PUBLIC_URL is.
 */
export function createOriginCheck(config: OriginConfig): (origin: string, host: string) => OriginKind {
  const ownScheme = config.publicUrl?.protocol === 'https:' ? 'https:' : 'http:';
  const patterns = config.allowedOrigins.map(parsePattern);
  return (origin, host) => {
    // A browser sends scheme, host and port and nothing else: a text that is not exactly that is no origin.
    const url =
      /^https?:\/\/[^/?#@\\\s]+$/i.test(origin) && URL.canParse(origin) ? new URL(origin) : undefined;
    if (!url || url.origin !== origin.toLowerCase()) return 'foreign';
    const own = withoutDefaultPort(host.toLowerCase(), ownScheme);
    if (url.protocol === ownScheme && url.host === own) return 'own';
    const listed = patterns.some(
      (one) =>
        (one.scheme ?? url.protocol) === url.protocol &&
        covers(withoutDefaultPort(one.host, url.protocol), url.host),
    );
    return listed ? 'listed' : 'foreign';
  };
}

/** The sentence of the 403 that a foreign origin gets. */
export function foreignOriginMessage(origin: string, host: string, config: OriginConfig): string {
  const scheme = config.publicUrl?.protocol === 'https:' ? 'https' : 'http';
  return `Pages of ${origin.slice(0, 200)} may not use this server: its own pages come from ${scheme}://${host.slice(0, 200)} (PUBLIC_URL sets the scheme), others are named in ALLOWED_ORIGINS.`;
}

/** The name part of a `Host` header, small letters, without port; undefined where it is none. */
export function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name?.toLowerCase();
}

export function isLoopbackHost(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Whether this server answers for a `Host`: loopback, addresses in figures, the host of PUBLIC_URL, ALLOWED_HOSTS.
 * A name that somebody else's DNS points here is none of these, which ends DNS rebinding.
 */
export function createHostCheck(config: HostConfig): (host: string | undefined) => boolean {
  const names = [...config.allowedHosts, ...(config.publicUrl ? [config.publicUrl.hostname] : [])];
  return (host) => {
    const name = hostName(host);
    if (name === undefined) return false;
    if (isLoopbackHost(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true;
    return names.some((one) => one === '*' || covers(one, name));
  };
}
