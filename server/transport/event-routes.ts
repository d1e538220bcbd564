import express, { type Request, type Response, type Router } from 'express';
import { eventsQuery } from '../../shared/api/events.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { Account } from '../auth/account.ts';
import { can } from '../auth/authorise.ts';
import { accountOf } from '../auth/guard.ts';
import { fieldError } from '../errors.ts';
import { parseQuery } from '../http/parse.ts';
import type { EventWish } from './event-stream.ts';
import { parseToken } from './positions.ts';

/** `GET /events`, below `/api/v1`. */
export function eventRoutes(
  open: (req: Request, res: Response, account: Account, wish: EventWish) => void,
): Router {
  return express.Router().get('/events', (req, res) => {
    const account = accountOf(req);
    const { channels, since } = parseQuery(eventsQuery, req);
    for (const channel of channels) {
      if (!can(account, { do: 'channel.read', channel })) {
        throw fieldError('forbidden', 'channels', `you may not read ${channel}`);
      }
    }
    const places = sinceOf(req, since, channels.length);
    // HEAD is answered as GET would begin, without a stream that nobody reads.
    if (req.method === 'HEAD') res.type('text/event-stream').end();
    else open(req, res, account, { channels, ...(places && { since: places }) });
  });
}

/** Where to go on: what a reader that comes back says itself, before what the address said at first. */
function sinceOf(
  req: Request,
  since: string | undefined,
  count: number,
): (Position | undefined)[] | undefined {
  const last = req.get('last-event-id') ?? '';
  const [field, token] = last === '' ? ['since', since ?? ''] : ['Last-Event-ID', last];
  if (token === '') return undefined;
  const places = parseToken(token, count);
  if (!places) throw fieldError('malformed', field, 'this is no id of a stream of these channels');
  return places;
}
