import { Server } from 'socket.io';
import { subscribed } from './board.mjs';
import { httpServer } from './http.mjs';

/** Socket.IO with a room per channel. */
const http = httpServer((channel, publication) => io.to(channel).emit('message', publication));
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.on('connection', (socket) => {
  socket.on('subscribe', (channels) => {
    for (const channel of channels) {
      socket.join(channel);
      socket.emit('message', subscribed(channel));
    }
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1');
