import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function BoardEditPage(): ReactNode {
  return <Page title="Edit board">{null}</Page>;
}
