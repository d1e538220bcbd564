import { publish, subscribed } from './board.mjs';

/** Bun's native publish and subscribe: uWebSockets, in C++. */
const server = Bun.serve({
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  async fetch(req, server) {
    if (server.upgrade(req)) return undefined;
    if (req.method !== 'POST') return new Response('{}');
    const answer = publish(await req.text(), (channel, publication) =>
      server.publish(channel, JSON.stringify(publication)),
    );
    return new Response(answer, { headers: { 'Content-Type': 'application/json' } });
  },
  websocket: {
    perMessageDeflate: false,
    message(socket, message) {
      for (const channel of JSON.parse(message).subscribe) {
        socket.subscribe(channel);
        socket.send(JSON.stringify(subscribed(channel)));
      }
    },
  },
});
console.log(`listening on ${server.port}`);
