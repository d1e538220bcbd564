import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function FeedPage(): ReactNode {
  return <Page title="Feed">{null}</Page>;
}
