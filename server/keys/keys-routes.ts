import express, { type Router } from 'express';
import { createKey, keysQuery, updateKey } from '../../shared/api/accounts.ts';
import { authorise } from '../auth/authorise.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import type { KeysService } from './keys-service.ts';

/** What answers carry beside what may be set. */
const ANSWERED = ['hint', 'lastUsedAt'];

export function keyRoutes({ keys }: { keys: KeysService }): Router {
  const router = express.Router();
  router.use('/keys', (req, _res, next) => {
    authorise(accountOf(req), { do: 'keys.manage' });
    next();
  });

  router.get('/keys', async (req, res) => {
    res.json(await keys.list(parseQuery(keysQuery, req)));
  });

  router.post('/keys', async (req, res) => {
    res.status(201).json(await keys.create(parseBody(createKey, req, ANSWERED), accountOf(req)));
  });

  router.get('/keys/:id', async (req, res) => {
    res.json(await keys.get(req.params.id));
  });

  router.patch('/keys/:id', async (req, res) => {
    res.json(await keys.update(req.params.id, parseBody(updateKey, req, ANSWERED)));
  });

  router.delete('/keys/:id', async (req, res) => {
    await keys.remove(req.params.id);
    res.status(204).end();
  });

  return router;
}
