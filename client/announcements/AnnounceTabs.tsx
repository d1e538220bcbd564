import type { ReactNode } from 'react';
import { Tab, Tabs } from '../ui/Segmented.tsx';

/** The two places of a sender: writing, and what was sent. */
export function AnnounceTabs(): ReactNode {
  return (
    <Tabs label="Announcements">
      <Tab to="/announce" activeOptions={{ exact: true }}>
        Compose
      </Tab>
      <Tab to="/announce/history">In force and history</Tab>
    </Tabs>
  );
}
