import express, { type Router } from 'express';
import { connectionsQuery, disconnectRequest, sendRequest } from '../../shared/api/connections.ts';
import { authorise } from '../auth/authorise.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import type { ConnectionsService } from './connections-service.ts';

export function connectionRoutes({ connections }: { connections: ConnectionsService }): Router {
  const router = express.Router();

  router.get('/connections', (req, res) => {
    authorise(accountOf(req), { do: 'connection.list' });
    res.json(connections.list(parseQuery(connectionsQuery, req)));
  });

  // Not every client can send a body with DELETE: the reason may stand in the address.
  router.delete('/connections/:id', (req, res) => {
    authorise(accountOf(req), { do: 'connection.close' });
    const { reason } =
      req.query.reason === undefined ? parseBody(disconnectRequest, req) : parseQuery(disconnectRequest, req);
    connections.disconnect(req.params.id, reason);
    res.status(204).end();
  });

  router.post('/send', async (req, res) => {
    authorise(accountOf(req), { do: 'connection.send' });
    res.json({ connections: await connections.send(parseBody(sendRequest, req)) });
  });

  return router;
}
