import express, { type Router } from 'express';
import {
  channelOptions,
  channelsQuery,
  historyQuery,
  type PublishReply,
  type PublishResult,
} from '../../shared/api/publications.ts';
import { channelName } from '../../shared/channels.ts';
import type { Account } from '../auth/account.ts';
import { accountOf } from '../auth/guard.ts';
import { AppError } from '../errors.ts';
import { parseBody, parseParam, parseQuery } from '../http/parse.ts';
import type { ChannelsService } from './channels-service.ts';
import type { Publisher, PublishItem } from './publisher.ts';
import { readPublishBody, readRawPublish } from './requests.ts';

export function publicationRoutes({
  publisher,
  channels,
}: {
  publisher: Publisher;
  channels: ChannelsService;
}): Router {
  const router = express.Router();

  router.post('/publish', async (req, res) => {
    const account = accountOf(req);
    const body = readPublishBody(req);
    const results =
      'single' in body ? [await publishOne(account, body.single)] : await publishBatch(account, body.batch);
    res.json({ results } satisfies PublishReply);
  });

  router.get('/channels', async (req, res) => {
    res.json(await channels.list(accountOf(req), parseQuery(channelsQuery, req)));
  });

  router.post('/channels/:channel', async (req, res) => {
    res.json(await publishOne(accountOf(req), readRawPublish(req)));
  });

  router.patch('/channels/:channel', async (req, res) => {
    const channel = parseParam(channelName, req, 'channel');
    res.json(await channels.configure(accountOf(req), channel, parseBody(channelOptions, req)));
  });

  router.delete('/channels/:channel', async (req, res) => {
    await channels.drop(accountOf(req), parseParam(channelName, req, 'channel'));
    res.status(204).end();
  });

  router.get('/channels/:channel/history', async (req, res) => {
    const channel = parseParam(channelName, req, 'channel');
    res.type('json').send(await channels.history(accountOf(req), channel, parseQuery(historyQuery, req)));
  });

  async function publishOne(account: Account, item: PublishItem): Promise<PublishResult> {
    const [result] = await publisher.publish(account, [item]);
    if (result instanceof AppError) throw result;
    return result!;
  }

  async function publishBatch(
    account: Account,
    items: (PublishItem | AppError)[],
  ): Promise<PublishReply['results']> {
    const results = await publisher.publish(
      account,
      items.flatMap((item) => (item instanceof AppError ? [] : [item])),
    );
    let next = 0;
    return items.map((item) => {
      const result = item instanceof AppError ? item : results[next++]!;
      return result instanceof AppError ? { error: result.toBody() } : result;
    });
  }

  return router;
}
