import { type ReactNode, useId } from 'react';
import type { AnnouncementContent, Reach } from '../../../shared/domain/announcement.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import { useModal } from '../../ui/use-modal.ts';
import { severityWord } from '../arrivals.ts';
import { clockTime } from '../when.ts';
import styles from './ConfirmDialog.module.css';
import { people, plural } from './sending.ts';

export interface ConfirmDialogProps {
  content: AnnouncementContent;
  reach: Reach | undefined;
  act: string;
  onBack: () => void;
  onSend: () => void;
}

/** Asks once more: the words as they will be read, whom they reach and when, and a button that is the act. */
export function ConfirmDialog({ content, reach, act, onBack, onSend }: ConfirmDialogProps): ReactNode {
  const headingId = useId();
  const [ref] = useModal(onBack);
  const { severity, title, body, drill } = content;
  return (
    <dialog
      ref={ref}
      className={classNames(styles.dialog, drill === true && styles.drill)}
      aria-labelledby={headingId}
    >
      <p className={classNames(styles.top, drill !== true && styles[severity])}>
        {drill === true && <span className={styles.drillWord}>Drill</span>}
        <SeverityShape severity={severity} className={styles.shape} />
        {severityWord[severity]}
      </p>
      <div className={styles.body}>
        <h2 id={headingId} tabIndex={-1}>
          This leaves at once
        </h2>
        <div className={styles.said}>
          <b>{title}</b>
          {body !== '' && <Markdown text={body} />}
        </div>
        <dl className={styles.facts}>
          {factsOf(content, reach).map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </div>
      <footer>
        <Button variant="quiet" onClick={onBack}>
          Back to the draft <Kbd>Esc</Kbd>
        </Button>
        <Button
          variant={severity === 'critical' && drill !== true ? 'critical' : 'primary'}
          size="large"
          className={styles.act}
          onClick={onSend}
        >
          <SeverityShape severity={severity} className={styles.shape} />
          {act}
        </Button>
      </footer>
    </dialog>
  );
}

function factsOf(
  { acknowledge, expiresAt, surfaces }: AnnouncementContent,
  reach: Reach | undefined,
): [string, string][] {
  const facts: [string, string][] = [];
  if (reach === undefined) facts.push(['Reaches', 'could not be counted just now']);
  else {
    const screens = reach.screens === 0 ? '' : `, ${plural(reach.screens, 'screen', 'screens')}`;
    const sound = surfaces?.sound === true ? ', with sound' : '';
    facts.push([
      'Now',
      `${people(reach.online)} on ${plural(reach.devices, 'device', 'devices')}${screens}${sound}`,
    ]);
    if (reach.offline > 0)
      facts.push(['On return', `${people(reach.offline)} who ${reach.offline === 1 ? 'is' : 'are'} offline`]);
    if (reach.unreachable > 0) {
      const names = reach.names.unreachable.slice(0, 6).join(', ');
      facts.push(['Never', `${people(reach.unreachable)}, disabled: ${names}`]);
    }
  }
  if (acknowledge !== undefined) {
    const late = acknowledge.lateAt === undefined ? '' : `. Late after ${clockTime(acknowledge.lateAt)}`;
    facts.push(['They answer', `${choiceWords(acknowledge.choices?.map((choice) => choice.text))}${late}`]);
  }
  facts.push(['Ends', expiresAt === undefined ? 'when you resolve it' : `at ${clockTime(expiresAt)}`]);
  return facts;
}

/** `I’m safe, I need help or Not on site`. */
function choiceWords(choices: readonly string[] | undefined): string {
  if (choices === undefined) return 'that they have read it';
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}
