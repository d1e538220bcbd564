import { type ReactNode, useId } from 'react';
import type { TileType } from '../../../shared/domain/board.ts';
import { tileTypes, typeFacts } from './draft.ts';
import styles from './TypePicker.module.css';

/** Each type as it looks, small. */
const drawings: Record<TileType, ReactNode> = {
  number: (
    <>
      <text x="0" y="15">
        38
      </text>
      <path d="M0 25l8-3 8 2 9-5 9 3 9-6 9 2 8-5" />
    </>
  ),
  chart: <path d="M0 25.5h60M0 18l10-6 10 3 10-8 10 5 10-3 10-5" />,
  gauge: (
    <>
      <path d="M.6 10.5h58.8v6H.6z" />
      <path d="M.6 10.5h38v6H.6z" fill="currentColor" />
    </>
  ),
  status: (
    <>
      <path d="M.6 8.5h10v10H.6zM16.6 8.5h10v10h-10zM32.6 8.5h10v10h-10z" />
      <path d="M53.5 8l6 10.5h-12z" fill="currentColor" stroke="none" />
    </>
  ),
  log: <path d="M0 5.5h10M14 5.5h38M0 12.5h10M14 12.5h26M0 19.5h10M14 19.5h32" />,
  table: <path d="M0 4.500h60M0 11.500h60M0 18.500h60M0 25.500h60M34 4.500v21" />,
  text: <path d="M0 6.500h42M0 13.500h54M0 20.500h30" />,
};

export interface TypePickerProps {
  value: TileType | undefined;
  /** The one that the data suggests. */
  suggested?: TileType | undefined;
  onChange(type: TileType): void;
}

/** One of the seven types; arrow keys choose. */
export function TypePicker({ value, suggested, onChange }: TypePickerProps): ReactNode {
  const name = useId();
  return (
    <div className={styles.types} role="radiogroup" aria-label="Type">
      {tileTypes.map((type) => (
        <label key={type} className={styles.type} title={typeFacts[type].hint}>
          <input
            type="radio"
            name={name}
            value={type}
            checked={type === value}
            onChange={() => onChange(type)}
          />
          <svg viewBox="0 0 60 27" aria-hidden="true">
            {drawings[type]}
          </svg>
          {typeFacts[type].label}
          {type === suggested && <span className="visually-hidden">, suggested</span>}
        </label>
      ))}
    </div>
  );
}
