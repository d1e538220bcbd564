import { RawSocket } from './raw-socket.ts';

export interface RawReply {
  status: number;
  headers: Headers;
  body: string;
}

/**
 * Sends a request as the bytes that a test wants, and returns the answer once the server has closed the connection, or
 * has taken an upgrade, which is then given up.
 */
export async function rawRequest(url: string, bytes: string | Buffer): Promise<RawReply> {
  const raw = await RawSocket.open(url);
  raw.socket.on('data', () => {
    if (/^HTTP\/1\.1 101 [\s\S]*\r\n\r\n/.test(raw.received)) raw.socket.destroy();
  });
  raw.write(bytes);
  return parse(await raw.closed);
}

function parse(text: string): RawReply {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Headers(headers), body: text.slice(end + 4) };
}

/** The text of a request without a body. */
export function requestText(line: string, headers: readonly string[]): string {
  return `${[line, ...headers].join('\r\n')}\r\n\r\n`;
}

/** The headers of a good handshake, but for `Host`; those of the same name are replaced, an empty value takes one out. */
export function upgradeHeaders(changes: Record<string, string> = {}): string[] {
  const headers: Record<string, string> = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...changes,
  };
  return Object.entries(headers).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
}
