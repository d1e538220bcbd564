import express, { type Request, type Router } from 'express';
import { type CreatedPerson, createPerson, peopleQuery, updatePerson } from '../../shared/api/accounts.ts';
import type { Person } from '../../shared/domain/account.ts';
import { authorise } from '../auth/authorise.ts';
import { accountOf } from '../auth/guard.ts';
import { parseBody, parseQuery } from '../http/parse.ts';
import type { Invite, PeopleService } from './people-service.ts';

/** What answers carry beside the stored person. */
const ANSWERED = ['hasPassword', 'online', 'invite'];

export interface PeopleRoutesParts {
  people: PeopleService;
  /** Where this Callboard is reached, as the request or PUBLIC_URL says. */
  baseUrl(req: Request): string;
}

export function peopleRoutes({ people, baseUrl }: PeopleRoutesParts): Router {
  const router = express.Router();

  router.get('/people', async (req, res) => {
    authorise(accountOf(req), { do: 'directory.read' });
    res.json(await people.list(parseQuery(peopleQuery, req)));
  });

  router.post('/people', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    const { person, invite } = await people.create(parseBody(createPerson, req, ANSWERED));
    res.status(201).json(withInvite(req, person, invite));
  });

  router.get('/people/:id', async (req, res) => {
    authorise(accountOf(req), { do: 'directory.read' });
    res.json(await people.get(req.params.id));
  });

  router.patch('/people/:id', async (req, res) => {
    const account = accountOf(req);
    authorise(account, { do: 'people.manage' });
    res.json(await people.update(req.params.id, parseBody(updatePerson, req, ANSWERED), account.sessionId));
  });

  router.delete('/people/:id', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    await people.remove(req.params.id);
    res.status(204).end();
  });

  router.post('/people/:id/invite', async (req, res) => {
    authorise(accountOf(req), { do: 'people.manage' });
    const { person, invite } = await people.invite(req.params.id);
    res.status(201).json(withInvite(req, person, invite));
  });

  /** The token stands in the fragment, which browsers keep to themselves. */
  function withInvite(req: Request, person: Person, invite: Invite | undefined): CreatedPerson {
    if (!invite) return person;
    const url = `${baseUrl(req)}/invite#token=${invite.token}`;
    return { ...person, invite: { url, expiresAt: invite.expiresAt } };
  }

  return router;
}
