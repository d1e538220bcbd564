import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Threshold, Tile } from '../../../shared/domain/board.ts';
import { wordOf } from '../../tiles/values/thresholds.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Select, TextInput } from '../../ui/Input.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import { NumberInput } from './NumberInput.tsx';
import styles from './TilePanel.module.css';

const SEVERITIES = [
  { value: 'warning', label: 'Warning' },
  { value: 'critical', label: 'Critical' },
] as const;
const SIDES = [
  { value: 'above', label: 'over' },
  { value: 'below', label: 'under' },
] as const;
const LIMITS_MAX = 8;

export type LimitedTile = Extract<Tile, { type: 'number' | 'gauge' | 'chart' | 'status' | 'table' }>;

export interface LimitsProps {
  tile: LimitedTile;
  onChange(tile: Tile, what: string): void;
}

/** Values that are not to be passed, how bad it is, and the word that says so. */
export function LimitsSection({ tile, onChange }: LimitsProps): ReactNode {
  const limits = tile.thresholds ?? [];
  const put = (thresholds: Threshold[], what: string): void => {
    const { thresholds: _, ...rest } = tile;
    onChange((thresholds.length === 0 ? rest : { ...rest, thresholds }) as Tile, what);
  };
  const change = (index: number, threshold: Threshold): void =>
    put(
      limits.map((one, at) => (at === index ? threshold : one)),
      'limit',
    );
  const add = (): void => {
    const last = limits.at(-1);
    const next: Threshold =
      last === undefined
        ? { when: 'above', value: 80, severity: 'warning' }
        : { when: last.when, value: last.value, severity: 'critical' };
    put([...limits, next], 'limit added');
  };
  return (
    <>
      {limits.map((limit, index) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: limits have no identity but their place
          key={index}
          className={styles.limit}
        >
          <legend className="visually-hidden">Limit {index + 1}</legend>
          <SeverityShape severity={limit.severity} />
          <Select
            aria-label="Severity"
            value={limit.severity}
            options={SEVERITIES}
            onChange={(severity) => change(index, { ...limit, severity })}
          />
          <Select
            aria-label="Side"
            value={limit.when}
            options={SIDES}
            onChange={(when) => change(index, { ...limit, when })}
          />
          <NumberInput
            label="Value"
            value={limit.value}
            onChange={(value) => value !== undefined && change(index, { ...limit, value })}
          />
          <TextInput
            aria-label="Word"
            maxLength={16}
            value={limit.word ?? ''}
            placeholder={wordOf(limit)}
            onChange={(event) => change(index, worded(limit, event.target.value))}
          />
          <IconButton
            label={`Remove limit ${index + 1}`}
            size="small"
            onClick={() =>
              put(
                limits.filter((_, at) => at !== index),
                'limit removed',
              )
            }
          >
            <X aria-hidden />
          </IconButton>
        </fieldset>
      ))}
      <Button
        size="small"
        disabledBecause={limits.length >= LIMITS_MAX ? `At most ${LIMITS_MAX}.` : undefined}
        onClick={add}
      >
        <Plus aria-hidden />
        Add a limit
      </Button>
    </>
  );
}

function worded({ word: _, ...limit }: Threshold, word: string): Threshold {
  return word === '' ? limit : { ...limit, word };
}
