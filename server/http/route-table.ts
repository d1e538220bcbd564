import type { z } from 'zod';
import * as accounts from '../../shared/api/accounts.ts';
import * as announcements from '../../shared/api/announcements.ts';
import * as boards from '../../shared/api/boards.ts';
import * as connections from '../../shared/api/connections.ts';
import * as events from '../../shared/api/events.ts';
import * as publications from '../../shared/api/publications.ts';
import { apiKey, group, person } from '../../shared/domain/account.ts';
import { reach } from '../../shared/domain/announcement.ts';
import { board } from '../../shared/domain/board.ts';
import { BATCH_MAX_BYTES } from '../../shared/limits.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One operation of the API below `/api/v1`. What is not listed here is not answered. */
export interface ApiRoute {
  method: Method;
  /** In Express's form: `/boards/:id`. */
  path: string;
  summary: string;
  /** Answered without a sign-in. Everything else is refused before its body is read. */
  public?: true;
  query?: z.ZodType;
  body?: z.ZodType;
  reply?: z.ZodType;
  /** The answer is a stream of server-sent events. */
  events?: true;
  /** Of the ordinary answer; 200 where absent, 204 for DELETE. */
  status?: 200 | 201 | 204;
  /** Most bytes of the body; DEFAULT_BODY_BYTES where absent. */
  maxBytes?: number;
  /** Most keys in the body; JSON_MAX_KEYS where absent. `each`: the feature checks every datum by itself. */
  maxKeys?: number | 'each';
  /** The body is the data itself, whatever its type; it is handed over as bytes. */
  raw?: true;
}

export const DEFAULT_BODY_BYTES = 64 * 1024;
/** Room for a sign-in and nothing more: these are read from anybody. */
const CREDENTIALS_BYTES = 4 * 1024;
const DOCUMENT_BYTES = 512 * 1024;
const DOCUMENT_KEYS = 50_000;

const get = (path: string, summary: string, rest: Partial<ApiRoute> = {}): ApiRoute => ({
  method: 'GET',
  path,
  summary,
  ...rest,
});
const post = (path: string, summary: string, rest: Partial<ApiRoute> = {}): ApiRoute => ({
  method: 'POST',
  path,
  summary,
  ...rest,
});
const patch = (path: string, summary: string, rest: Partial<ApiRoute> = {}): ApiRoute => ({
  method: 'PATCH',
  path,
  summary,
  ...rest,
});
const remove = (path: string, summary: string, rest: Partial<ApiRoute> = {}): ApiRoute => ({
  method: 'DELETE',
  path,
  summary,
  status: 204,
  ...rest,
});

/** Every operation; the documentation, the answers 404 and 405, sign-in and body limits all come from here. */
export const apiRoutes: readonly ApiRoute[] = [
  get('/status', 'What a page may know before anybody has signed in', {
    public: true,
    reply: accounts.status,
  }),
  post('/setup', 'Make the first admin, once', {
    public: true,
    body: accounts.setupRequest,
    reply: accounts.me,
    status: 201,
    maxBytes: CREDENTIALS_BYTES,
  }),
  post('/session', 'Sign in', {
    public: true,
    body: accounts.signInRequest,
    reply: accounts.me,
    maxBytes: CREDENTIALS_BYTES,
  }),
  remove('/session', 'Sign out', { public: true }),
  post('/invite', 'Redeem an invite link by choosing a password', {
    public: true,
    body: accounts.acceptInviteRequest,
    reply: accounts.me,
    maxBytes: CREDENTIALS_BYTES,
  }),
  get('/me', 'Who am I', { reply: accounts.me }),

  post('/publish', 'Publish one or up to 1,000 data', {
    body: publications.publishRequest,
    reply: publications.publishReply,
    maxBytes: BATCH_MAX_BYTES,
    maxKeys: 'each',
  }),
  get('/channels', 'Known channels', {
    query: publications.channelsQuery,
    reply: publications.channelsReply,
  }),
  post('/channels/:channel', 'Publish the body itself', {
    raw: true,
    query: publications.rawPublishQuery,
    reply: publications.publishResult,
  }),
  patch('/channels/:channel', 'Set the options of a channel', {
    body: publications.channelOptions,
    reply: publications.channelInfo,
  }),
  remove('/channels/:channel', 'Drop a channel and its history'),
  get('/channels/:channel/history', 'Publications of a channel, oldest first', {
    query: publications.historyQuery,
    reply: publications.historyReply,
  }),
  get('/events', 'Server-sent events of channels, and the announcements of the account', {
    query: events.eventsQuery,
    events: true,
  }),

  get('/boards', 'Boards', { query: boards.boardsQuery, reply: boards.boardsReply }),
  post('/boards', 'Make a board', {
    body: boards.createBoard,
    reply: board,
    status: 201,
    maxBytes: DOCUMENT_BYTES,
    maxKeys: DOCUMENT_KEYS,
  }),
  get('/boards/:id', 'One board, by id or slug', { reply: board }),
  patch('/boards/:id', 'Change a board; a stale If-Match gets 412', {
    body: boards.updateBoard,
    reply: board,
    maxBytes: DOCUMENT_BYTES,
    maxKeys: DOCUMENT_KEYS,
  }),
  remove('/boards/:id', 'Delete a board'),

  get('/announcements', 'Announcements', {
    query: announcements.announcementsQuery,
    reply: announcements.announcementsReply,
  }),
  post('/announcements', 'Send, schedule or draft an announcement', {
    body: announcements.createAnnouncement,
    reply: announcements.announcementWithCounts,
    status: 201,
    maxBytes: 2 * DEFAULT_BODY_BYTES,
  }),
  post('/announcements/reach', 'Count an audience without sending', {
    body: announcements.reachRequest,
    reply: reach,
    status: 200,
    maxBytes: 2 * DEFAULT_BODY_BYTES,
  }),
  get('/announcements/:id', 'One announcement', { reply: announcements.announcementWithCounts }),
  patch('/announcements/:id', 'Edit, send or resolve an announcement', {
    body: announcements.updateAnnouncement,
    reply: announcements.announcementWithCounts,
    maxBytes: 2 * DEFAULT_BODY_BYTES,
  }),
  remove('/announcements/:id', 'Delete a draft or a scheduled one'),
  post('/announcements/:id/retract', 'Take an announcement back', {
    body: announcements.retractAnnouncement,
    reply: announcements.announcementWithCounts,
  }),
  post('/announcements/:id/nudge', 'Remind those who have not answered', {
    reply: announcements.announcementWithCounts,
  }),
  get('/announcements/:id/receipts', 'Who got it, saw it, answered', {
    query: announcements.receiptsQuery,
    reply: announcements.receiptsReply,
  }),
  post('/announcements/:id/receipts', 'Say that I got it, saw it, answer it', {
    body: announcements.postReceipt,
    reply: announcements.postReceiptReply,
  }),

  post('/send', 'Send a transient message to connections', {
    body: connections.sendRequest,
    reply: connections.sendReply,
  }),
  get('/connections', 'Who is connected', {
    query: connections.connectionsQuery,
    reply: connections.connectionsReply,
  }),
  remove('/connections/:id', 'Disconnect, with a reason shown to the person', {
    body: connections.disconnectRequest,
  }),

  get('/people', 'People', { query: accounts.peopleQuery, reply: accounts.peopleReply }),
  post('/people', 'Add a person; without a password the answer carries an invite link', {
    body: accounts.createPerson,
    reply: accounts.createdPerson,
    status: 201,
  }),
  get('/people/:id', 'One person', { reply: person }),
  patch('/people/:id', 'Change a person', { body: accounts.updatePerson, reply: person }),
  remove('/people/:id', 'Delete a person'),
  post('/people/:id/invite', 'Make a new invite link', { reply: accounts.createdPerson, status: 201 }),
  get('/groups', 'Groups', { query: accounts.groupsQuery, reply: accounts.groupsReply }),
  post('/groups', 'Make a group', {
    body: accounts.createGroup,
    reply: group,
    status: 201,
    maxBytes: DOCUMENT_BYTES,
  }),
  get('/groups/:id', 'One group', { reply: group }),
  patch('/groups/:id', 'Change a group', {
    body: accounts.updateGroup,
    reply: group,
    maxBytes: DOCUMENT_BYTES,
  }),
  remove('/groups/:id', 'Delete a group'),
  get('/keys', 'API keys, without their secrets', { query: accounts.keysQuery, reply: accounts.keysReply }),
  post('/keys', 'Make a key; its secret is answered this once', {
    body: accounts.createKey,
    reply: accounts.createdKey,
    status: 201,
  }),
  get('/keys/:id', 'One key', { reply: apiKey }),
  patch('/keys/:id', 'Change a key', { body: accounts.updateKey, reply: apiKey }),
  remove('/keys/:id', 'Revoke a key'),

  get('/openapi.json', 'This description', { public: true }),
];

/** First segments that the contract names and this version does not answer yet. */
export const laterRoutes: readonly string[] = ['/walls', '/audit'];

interface CompiledRoute {
  pattern: RegExp;
  route: ApiRoute;
}

const compiled: readonly CompiledRoute[] = apiRoutes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`),
}));

/** The operations at a path (without `/api/v1`), and the methods that they answer. */
export function routesAt(path: string): ApiRoute[] {
  const fitting = compiled.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);
  // A literal segment wins over a parameter, as the order of registration does in Express.
  const literal = fitting.filter((route) => !route.path.includes(':'));
  return literal.length > 0 ? literal : fitting;
}
