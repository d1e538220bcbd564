import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { requireRead } from './only-reads.ts';

const YEAR_SECONDS = 365 * 86_400;

const NOT_BUILT =
  '<!doctype html><title>Callboard</title><p>The client is not built: run <code>npm run build</code>.';

/**
 * Programs' doors, and names with a dot, which are files: none of them is a page of the client. The page of a channel is
 * one all the same, as channels are called `pumps.north`.
 */
const NOT_A_PAGE = /^\/(?:api|ws|assets|healthz|readyz|metrics)(?:\/|$)|\/\.|^(?!\/channels\/).*\.[^/]*$/;

/**
 * The built client: files whose names carry a hash may be kept for ever, the page itself is asked for each time, and
 * every address that is a page of the client gets it.
 */
export function staticClient(folder: string): RequestHandler {
  const page = join(folder, 'index.html');
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: YEAR_SECONDS * 1000,
      index: false,
      redirect: false,
      dotfiles: 'ignore',
    }),
  );
  router.use(
    express.static(folder, { maxAge: 3_600_000, index: false, redirect: false, dotfiles: 'ignore' }),
  );
  router.use(async (req, res, next) => {
    if (NOT_A_PAGE.test(req.path)) return next();
    requireRead(req, res);
    // Read anew: a build while the server runs replaces the files that an older page names.
    const html = await readFile(page, 'utf8').catch(() => NOT_BUILT);
    res.set({ 'Cache-Control': 'no-cache', 'Content-Type': 'text/html; charset=utf-8' }).send(html);
  });
  return router;
}
