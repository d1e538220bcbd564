import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function HistoryPage(): ReactNode {
  return <Page title="Announcements">{null}</Page>;
}
