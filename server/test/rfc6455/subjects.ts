import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { webSocketOptions } from '../../transport/ws-options.ts';
import { startServer, type TestServer } from '../start-server.ts';
import { frame, type ReceivedFrame, TEXT } from './frames.ts';
import { RawWebSocket } from './raw-web-socket.ts';

export const MAX_MESSAGE_BYTES = 524_288;

/** What speaks RFC 6455 on the other side. */
export interface Subject {
  /** A connection over which messages can go. */
  open(headers?: Record<string, string>): Promise<RawWebSocket>;
  /** A text message that gets one answer. */
  readonly message: string;
  isAnswer(frame: ReceivedFrame): boolean;
  stop(): Promise<void>;
}

/** Sends every message back; set up with the options of the product. */
export async function startEcho(): Promise<Subject> {
  const http = createServer();
  const webSockets = new WebSocketServer(webSocketOptions(MAX_MESSAGE_BYTES));
  http.on('upgrade', (req, socket, head) => {
    webSockets.handleUpgrade(req, socket, head, (ws) => {
      ws.on('error', () => {}); // ws has answered it with a close frame, which is what the tests look at
      ws.on('message', (data, binary) => ws.send(data, { binary }));
    });
  });
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => sockets.add(socket));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    open: (headers) => RawWebSocket.open(`http://127.0.0.1:${port}`, headers),
    message: 'hello',
    isAnswer: ({ opcode, payload }) => opcode === TEXT && payload.toString() === 'hello',
    async stop() {
      for (const socket of sockets) socket.destroy();
      http.close();
      await once(http, 'close');
    },
  };
}

/** The whole server; its connections have been welcomed. */
export async function startEndpoint(): Promise<Subject & { server: TestServer }> {
  const server = await startServer({ MAX_MESSAGE_BYTES: String(MAX_MESSAGE_BYTES) });
  return {
    server,
    async open(headers) {
      const socket = await RawWebSocket.open(server.url, {
        Authorization: `Bearer ${server.adminKey}`,
        ...headers,
      });
      socket.send(frame(TEXT, '{"type":"hello","protocol":1}'));
      const { payload } = await socket.next();
      if (!payload.includes('"welcome"')) throw new Error(payload.toString());
      return socket;
    },
    message: '{"type":"ping","id":1,"sentAt":1}',
    isAnswer: ({ opcode, payload }) => opcode === TEXT && payload.includes('"pong"'),
    stop: () => server.stop(),
  };
}
