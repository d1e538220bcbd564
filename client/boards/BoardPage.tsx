import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function BoardPage(): ReactNode {
  return <Page title="Board">{null}</Page>;
}
