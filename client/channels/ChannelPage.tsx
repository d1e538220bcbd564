import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function ChannelPage(): ReactNode {
  return <Page title="Channel">{null}</Page>;
}
