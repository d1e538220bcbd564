import type { ReactNode } from 'react';
import { useConnection } from './use-connection.ts';

export function ConnectionPill(): ReactNode {
  return <span>{useConnection().state}</span>;
}
