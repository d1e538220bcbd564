import type { ReactNode } from 'react';

export function Surfaces(): ReactNode {
  return null;
}
