import type { ReactNode } from 'react';
import type { ConnectionKind } from '../../../shared/domain/connection.ts';
import { classNames } from '../../ui/class-names.ts';
import { SeverityShape } from '../../ui/Severity.tsx';
import styles from './ConnectionMark.module.css';

export interface ConnectionMarkProps {
  kind: ConnectionKind;
  slow: boolean;
  gone: boolean;
}

const words: Record<ConnectionKind, string> = { browser: 'device', wall: 'wall', program: 'program' };

/** How somebody is connected: people round, walls square, programs a bar; hue only where something is wrong. */
export function ConnectionMark({ kind, slow, gone }: ConnectionMarkProps): ReactNode {
  return (
    <span className={styles.mark}>
      {slow && !gone ? (
        <SeverityShape severity="warning" />
      ) : (
        <i className={classNames(styles[kind], gone && styles.gone)} />
      )}
      <span className="visually-hidden">{gone ? 'gone' : words[kind]}</span>
    </span>
  );
}
