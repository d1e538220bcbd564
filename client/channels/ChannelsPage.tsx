import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';

export function ChannelsPage(): ReactNode {
  return <Page title="Channels">{null}</Page>;
}
