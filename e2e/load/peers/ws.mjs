import { WebSocketServer } from 'ws';
import { subscribed } from './board.mjs';
import { httpServer } from './http.mjs';

/** The usual server on `ws`: one text per publication, one `send` per subscriber. */
const subscribers = new Map();

const http = httpServer((channel, publication) => {
  const text = JSON.stringify(publication);
  for (const socket of subscribers.get(channel) ?? []) socket.send(text);
});

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', (message) => {
    for (const channel of JSON.parse(message).subscribe) {
      if (!subscribers.has(channel)) subscribers.set(channel, new Set());
      subscribers.get(channel).add(socket);
      socket.send(JSON.stringify(subscribed(channel)));
    }
  });
  socket.on('close', () => {
    for (const sockets of subscribers.values()) sockets.delete(socket);
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1');
