import express, { type Router } from 'express';
import { boardsQuery, createBoard, updateBoard } from '../../shared/api/boards.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import { ifMatch, sendRevision } from '../http/revision.ts';
import type { BoardsService } from './service.ts';

/** What answers carry beside the content. */
const ANSWERED = ['slug', 'viewers', 'walls'];

export function boardRoutes({ boards }: { boards: BoardsService }): Router {
  const router = express.Router();

  router.get('/boards', async (req, res) => {
    res.json(await boards.list(accountOf(req), parseQuery(boardsQuery, req)));
  });

  router.post('/boards', async (req, res) => {
    const made = await boards.create(accountOf(req), parseBody(createBoard, req, ANSWERED));
    sendRevision(res.status(201), made);
  });

  router.get('/boards/:id', async (req, res) => {
    sendRevision(res, await boards.get(accountOf(req), req.params.id));
  });

  router.patch('/boards/:id', async (req, res) => {
    const change = parseBody(updateBoard, req, ANSWERED);
    sendRevision(res, await boards.update(accountOf(req), req.params.id, change, ifMatch(req)));
  });

  router.delete('/boards/:id', async (req, res) => {
    await boards.remove(accountOf(req), req.params.id, ifMatch(req));
    res.status(204).end();
  });

  return router;
}
