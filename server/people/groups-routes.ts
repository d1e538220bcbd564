import express, { type Router } from 'express';
import { createGroup, groupsQuery, updateGroup } from '../../shared/api/accounts.ts';
import { authorise } from '../auth/authorise.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import type { GroupsService } from './groups-service.ts';

export function groupRoutes({ groups }: { groups: GroupsService }): Router {
  const router = express.Router();

  router.get('/groups', async (req, res) => {
    authorise(accountOf(req), { do: 'directory.read' });
    res.json(await groups.list(parseQuery(groupsQuery, req)));
  });

  router.post('/groups', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    res.status(201).json(await groups.create(parseBody(createGroup, req)));
  });

  router.get('/groups/:id', async (req, res) => {
    authorise(accountOf(req), { do: 'directory.read' });
    res.json(await groups.get(req.params.id));
  });

  router.patch('/groups/:id', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    res.json(await groups.update(req.params.id, parseBody(updateGroup, req)));
  });

  router.delete('/groups/:id', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    await groups.remove(req.params.id);
    res.status(204).end();
  });

  return router;
}
