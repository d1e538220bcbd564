import type { Request, Response } from 'express';
import { AppError } from '../errors.ts';

/** Answers a document with its revision as ETag (LST-1). */
export function sendRevision<T extends { revision: number }>(res: Response, document: T): void {
  res.set('ETag', `"${document.revision}"`).json(document);
}

/**
 * The revision that a change was based on; absent: unconditional, as is `*`.
 * @throws AppError `staleRevision` for an ETag that is none of ours
 */
export function ifMatch(req: Request): number | undefined {
  const header = req.headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  const [, revision] = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header) ?? [];
  if (revision === undefined) throw new AppError('staleRevision');
  return Number(revision);
}

/** @param expected what `ifMatch` found @throws AppError `staleRevision` when somebody saved a newer one */
export function requireRevision(expected: number | undefined, actual: number): void {
  if (expected === undefined || expected === actual) return;
  throw new AppError('staleRevision', { message: `Revision ${actual} was saved meanwhile; load it first.` });
}
