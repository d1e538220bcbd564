import { createServer } from 'node:http';
import { publish } from './board.mjs';

/** The HTTP part of the peers that run in Node: POST /publish, and success for everything else once it listens. */
export function httpServer(send) {
  return createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      const answer = req.method === 'POST' ? publish(body, send) : '{}';
      res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) });
      res.end(answer);
    });
  });
}
