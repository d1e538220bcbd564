import express, { type Request, type Router } from 'express';
import {
  announcementsQuery,
  createAnnouncement,
  postReceipt,
  reachRequest,
  receiptsQuery,
  retractAnnouncement,
  updateAnnouncement,
} from '../../shared/api/announcements.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import { ifMatch, sendRevision } from '../http/revision.ts';
import type { AnnouncementService } from './service.ts';

/** What the server adds to an announcement beside id, revision and times: dropped where somebody sends it back (FLD-1). */
const READ_ONLY = ['sentAt', 'endReason', 'nudges', 'counts', 'mine'];

const idOf = (req: Request): string => String(req.params.id);

/** The life of announcements. Paths relative to `/api/v1`. */
export function announcementRoutes({ announcements }: { announcements: AnnouncementService }): Router {
  const router = express.Router();

  router.get('/announcements', async (req, res) => {
    res.json(await announcements.list(accountOf(req), parseQuery(announcementsQuery, req)));
  });
  router.post('/announcements', async (req, res) => {
    const account = accountOf(req);
    res.status(201);
    sendRevision(res, await announcements.create(account, parseBody(createAnnouncement, req, READ_ONLY)));
  });
  router.post('/announcements/reach', async (req, res) => {
    res.json(await announcements.reach(accountOf(req), parseBody(reachRequest, req).target));
  });
  router.get('/announcements/:id', async (req, res) => {
    sendRevision(res, await announcements.get(accountOf(req), idOf(req)));
  });
  router.patch('/announcements/:id', async (req, res) => {
    const account = accountOf(req);
    const patch = parseBody(updateAnnouncement, req, READ_ONLY);
    sendRevision(res, await announcements.update(account, idOf(req), patch, ifMatch(req)));
  });
  router.delete('/announcements/:id', async (req, res) => {
    await announcements.remove(accountOf(req), idOf(req), ifMatch(req));
    res.status(204).end();
  });
  router.post('/announcements/:id/retract', async (req, res) => {
    const account = accountOf(req);
    const { reason } = parseBody(retractAnnouncement, req);
    sendRevision(res, await announcements.retract(account, idOf(req), reason, ifMatch(req)));
  });
  router.post('/announcements/:id/nudge', async (req, res) => {
    sendRevision(res, await announcements.nudge(accountOf(req), idOf(req)));
  });
  router.get('/announcements/:id/receipts', async (req, res) => {
    const account = accountOf(req);
    res.json(await announcements.receipts(account, idOf(req), parseQuery(receiptsQuery, req)));
  });
  router.post('/announcements/:id/receipts', async (req, res) => {
    const account = accountOf(req);
    res.json({ mine: await announcements.receive(account, idOf(req), parseBody(postReceipt, req)) });
  });
  return router;
}
