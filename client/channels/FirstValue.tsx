import type { ReactNode } from 'react';
import styles from './ChannelsPage.module.css';
import { HowToPublish } from './HowToPublish.tsx';

/** While nothing but the server speaks: how the first value gets here. */
export function FirstValue(): ReactNode {
  return (
    <section className={styles.first}>
      <h2>Only Callboard itself speaks so far.</h2>
      <p>Whatever can make an HTTP request can publish. This command is complete but for the key:</p>
      <HowToPublish channel="pumps.north" data={41.2} />
    </section>
  );
}
