import { type ReactNode, useId } from 'react';
import { formatAge } from '../../live/format.ts';
import { Checkbox, Select } from '../../ui/Input.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ChoicesEditor } from './ChoicesEditor.tsx';
import { type Draft, type Lifetime, makesSound, showsDialog, usualLifetime } from './draft.ts';
import styles from './Form.module.css';
import { Row, Section } from './Row.tsx';
import type { SectionProps } from './WhatSection.tsx';

const lateOptions = [5, 10, 15, 30, 60, 240];
const lifetimeOptions = [15, 60, 240, 480, 1_440, 4_320, 10_080];
const updateOptions = [15, 30, 60, 120, 240];

/** `15 min`, `24 h`, `3 d`: a day is said in hours, as people plan it. */
const minutes = (n: number): string => (n <= 1_440 && n % 60 === 0 ? `${n / 60} h` : formatAge(n * 60_000));

interface MinutesSelectProps {
  id?: string;
  label: string;
  value: number | undefined;
  none: string;
  options: readonly number[];
  onChange: (minutes: number | undefined) => void;
}

/** A span of minutes, or none. */
function MinutesSelect({ label, value, none, options, onChange }: MinutesSelectProps): ReactNode {
  return (
    <Select
      aria-label={label}
      className={styles.short ?? ''}
      value={value === undefined ? '' : String(value)}
      options={[
        { value: '', label: none },
        ...options.map((n) => ({ value: String(n), label: `in ${minutes(n)}` })),
      ]}
      onChange={(text) => onChange(text === '' ? undefined : Number(text))}
    />
  );
}

function usualWords(severity: Draft['severity']): string {
  const span = usualLifetime[severity];
  return span === undefined ? 'When I resolve it' : `After ${minutes(span / 60_000)}`;
}

/** How it comes to people, and when it leaves them. */
export function HowSection({ draft, faults, change }: SectionProps): ReactNode {
  const endsId = useId();
  const { severity, answer, lifetime } = draft;
  const lasting: { value: string; label: string }[] = [
    { value: 'usual', label: `${usualWords(severity)}, as usual` },
    ...(usualLifetime[severity] === undefined ? [] : [{ value: 'resolve', label: 'When I resolve it' }]),
    ...lifetimeOptions.map((n) => ({ value: String(n), label: `After ${minutes(n)}` })),
  ];
  const lasts = lifetime === 'resolve' && usualLifetime[severity] === undefined ? 'usual' : String(lifetime);
  return (
    <Section title="How">
      <Row label="Acknowledge">
        <div className={styles.line}>
          <Segmented<Draft['answer']>
            label="Acknowledge"
            value={answer}
            onChange={(next) => change({ answer: next })}
            options={[
              { value: 'none', label: 'No' },
              { value: 'read', label: 'I’ve read this' },
              { value: 'choices', label: 'Choices' },
            ]}
          />
          {answer !== 'none' && (
            <>
              <span className="muted">late</span>
              <MinutesSelect
                label="An answer is late"
                value={draft.lateMinutes}
                none="never"
                options={lateOptions}
                onChange={(lateMinutes) => change({ lateMinutes })}
              />
            </>
          )}
        </div>
        {answer === 'choices' && (
          <ChoicesEditor
            choices={draft.choices}
            fault={faults.choices}
            onChange={(choices) => change({ choices })}
          />
        )}
      </Row>
      <Row label="Shows as">
        <div className={styles.line}>
          <Checkbox label="Dialog" checked={showsDialog(draft)} onChange={(dialog) => change({ dialog })} />
          <Checkbox label="Sound" checked={makesSound(draft)} onChange={(sound) => change({ sound })} />
          <span className="faint tiny">{surfaceWords(draft)}</span>
        </div>
      </Row>
      <Row label="Ends" htmlFor={endsId}>
        <div className={styles.line}>
          <Select
            id={endsId}
            className={styles.long ?? ''}
            value={lasts}
            options={lasting}
            onChange={(value) =>
              change({
                lifetime: value === 'usual' || value === 'resolve' ? value : (Number(value) as Lifetime),
              })
            }
          />
          <span className="muted">next update</span>
          <MinutesSelect
            label="Next update"
            value={draft.nextUpdateMinutes}
            none="not promised"
            options={updateOptions}
            onChange={(nextUpdateMinutes) => change({ nextUpdateMinutes })}
          />
        </div>
      </Row>
    </Section>
  );
}

function surfaceWords({ severity, answer }: Draft): string {
  if (severity === 'info' && answer === 'none') return 'beside the feed';
  return 'beside the banner and the feed';
}
