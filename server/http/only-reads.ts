import type { Request, Response } from 'express';
import { AppError } from '../errors.ts';

/** For addresses that only answer. @throws AppError `methodNotAllowed`, with `Allow` */
export function requireRead(req: Request, res: Response): void {
  if (req.method === 'GET' || req.method === 'HEAD') return;
  res.set('Allow', 'GET, HEAD');
  throw new AppError('methodNotAllowed');
}
