import type { ReactNode } from 'react';
import type { Announcement } from '../../../shared/domain/announcement.ts';
import { formatCount, formatStopwatch } from '../../live/format.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import { ReceiptBar } from './ReceiptBar.tsx';
import styles from './ReceiptsTile.module.css';
import { answerCounts, shares } from './receipt-marks.ts';
import { medianOf, type People } from './steps.ts';
import type { ReportData } from './use-report.ts';

export interface ReceiptsTileProps {
  data: ReportData;
  people: People;
  asked: boolean;
  sentAt: number;
  nudging: boolean;
  /** Why nobody can be nudged now. */
  unsendable: string | undefined;
  onNudge: () => void;
}

/** The sum, who needs help, the answers, and the bar in which every mark is a person. */
export function ReceiptsTile({
  data,
  people,
  asked,
  sentAt,
  nudging,
  unsendable,
  onNudge,
}: ReceiptsTileProps): ReactNode {
  const { announcement, counts, rows } = data;
  const answers = answerCounts(announcement, rows);
  const urgent = answers.filter((one) => one.urgent && one.rows.length > 0);
  const urgentPeople = urgent.reduce((sum, one) => sum + one.rows.length, 0);
  return (
    <>
      <div className={styles.sum}>
        <p className={styles.hero}>
          <b>{formatCount(asked ? counts.acknowledged : counts.seen)}</b>
          <span>
            of {formatCount(counts.targeted)} have {asked ? 'acknowledged' : 'seen it'}
            <small>{pace(people, sentAt, asked, counts.late)}</small>
          </span>
        </p>
        {urgent.map((one) => (
          <p key={one.text} className={styles.help}>
            <SeverityShape severity="critical" className={styles.hexagon} />
            <span>
              <b>
                {formatCount(one.rows.length)} answered “{one.text}”
              </b>
              {namesOf(one.rows.map((row) => row.person.name))}
            </span>
          </p>
        ))}
        {answers
          .filter((one) => !one.urgent)
          .map((one) => (
            <p key={one.text} className={styles.answer}>
              <b>{formatCount(one.rows.length)}</b>
              <span>{one.text}</span>
            </p>
          ))}
        <Nudge
          announcement={announcement}
          data={data}
          asked={asked}
          busy={nudging}
          unsendable={unsendable}
          onNudge={onNudge}
        />
      </div>
      <ReceiptBar counts={counts} urgent={urgentPeople} />
    </>
  );
}

/** `half of them within 0:54, 5 late`. */
function pace(people: People, sentAt: number, asked: boolean, late: number): string {
  const median = medianOf(asked ? people.acknowledged : people.seen);
  const half = median === undefined ? '' : `half of them within ${formatStopwatch(median - sentAt)}`;
  return [half, late > 0 ? `${formatCount(late)} late` : ''].filter((part) => part !== '').join(', ');
}

/** The first few by name: exceptions are named, not only counted. */
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(' · ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}

interface NudgeProps {
  announcement: Announcement;
  data: ReportData;
  asked: boolean;
  busy: boolean;
  unsendable: string | undefined;
  onNudge: () => void;
}

function Nudge({ announcement, data, asked, busy, unsendable, onNudge }: NudgeProps): ReactNode {
  const { seen, delivered, unreachable } = shares(data.counts, 0);
  const left = seen + delivered;
  if (!asked || announcement.state !== 'live') return null;
  const more =
    unreachable === 0
      ? ''
      : `. ${formatCount(unreachable)} more ${unreachable === 1 ? 'is' : 'are'} unreachable`;
  return (
    <div className={styles.nudge}>
      {left > 0 && (
        <Button variant="primary" size="large" busy={busy} disabledBecause={unsendable} onClick={onNudge}>
          Nudge the {formatCount(left)} who {left === 1 ? 'hasn’t' : 'haven’t'}
        </Button>
      )}
      <p>
        {left > 0
          ? `on the devices they have open${more}`
          : unreachable === 0
            ? 'Everybody has answered.'
            : `All who could be reached have answered${more}`}
        {announcement.nudges > 0 &&
          `. Nudged ${announcement.nudges === 1 ? 'once' : `${announcement.nudges} times`}`}
      </p>
    </div>
  );
}
