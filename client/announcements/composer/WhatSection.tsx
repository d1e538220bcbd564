import { type ReactNode, useId } from 'react';
import { BODY_MAX, TITLE_MAX } from '../../../shared/limits.ts';
import { Checkbox } from '../../ui/Input.tsx';
import type { Draft, Faults } from './draft.ts';
import styles from './Form.module.css';
import { MarkdownEditor } from './MarkdownEditor.tsx';
import { Fault, Row, Section } from './Row.tsx';
import { SeverityPicker } from './SeverityPicker.tsx';

export interface SectionProps {
  draft: Draft;
  faults: Faults;
  change: (part: Partial<Draft>) => void;
}

/** What is said, and how urgent it is. */
export function WhatSection({ draft, faults, change }: SectionProps): ReactNode {
  const titleId = useId();
  const bodyId = useId();
  const length = draft.title.trim().length;
  return (
    <Section title="What">
      <Row label="Severity">
        <SeverityPicker value={draft.severity} onChange={(severity) => change({ severity })} />
      </Row>
      <Row label="Title" htmlFor={titleId} tall>
        <div className={styles.title}>
          <input
            id={titleId}
            type="text"
            value={draft.title}
            autoComplete="off"
            enterKeyHint="next"
            aria-describedby={`${titleId}-count ${titleId}-fault`}
            {...(faults.title !== undefined && { 'aria-invalid': true })}
            onChange={(event) => change({ title: event.target.value })}
          />
          <span id={`${titleId}-count`} data-over={length > TITLE_MAX || undefined}>
            {length} of {TITLE_MAX}
          </span>
        </div>
        <Fault id={`${titleId}-fault`}>{faults.title}</Fault>
      </Row>
      <Row label="Message" htmlFor={bodyId}>
        <MarkdownEditor
          id={bodyId}
          value={draft.body}
          maxLength={BODY_MAX}
          onChange={(body) => change({ body })}
          aria-describedby={faults.body === undefined ? undefined : `${bodyId}-fault`}
        />
        <Fault id={`${bodyId}-fault`}>{faults.body}</Fault>
      </Row>
      <Row label="Drill">
        <Checkbox label="This is a drill" checked={draft.drill} onChange={(drill) => change({ drill })} />
        <span className="faint tiny">cannot be mistaken for the real thing</span>
      </Row>
    </Section>
  );
}
