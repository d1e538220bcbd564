import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function BoardsPage(): ReactNode {
  return <Page title="Boards">{null}</Page>;
}
