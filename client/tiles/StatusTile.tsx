import { type CSSProperties, type ReactNode, useRef } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { serverNow } from '../live/clock.ts';
import { formatText } from '../live/format.ts';
import { staleness } from '../live/staleness.ts';
import { Lamp, LampShape } from './Lamp.tsx';
import { LampWriter } from './lamp-writer.ts';
import styles from './StatusTile.module.css';
import { TileFrame } from './TileFrame.tsx';
import { TextSlot } from './tile-chrome.ts';
import { lostAt, useTile } from './use-tile.ts';
import { newest } from './values/board-window.ts';
import { exceptions, type Light, lightGroups, lightOf, worst } from './values/light-state.ts';
import type { LiveSeries } from './values/live-series.ts';
import { seriesNames } from './values/scale-format.ts';

const STATES = ['critical', 'warning', 'silent'] as const;
/** More in one row are too small to see; they go on in the next. */
const LAMPS_ACROSS = 12;
/** Enough to learn how often a channel speaks, which decides when it is silent. */
const HISTORY = 8;

/** Many yes or no at a glance: shape first, hue second, and the exceptions by name. */
export function StatusTile({ tile }: { tile: TileOf<'status'> }): ReactNode {
  const root = useRef<HTMLElement>(null);
  const { series, thresholds = [] } = tile;
  const labels = seriesNames(series);
  const groups = lightGroups(labels);
  const across = Math.min(LAMPS_ACROSS, Math.max(...groups.map((group) => group.members.length), 1));

  const problem = useTile(root, {
    series,
    options: newest(HISTORY),
    numeric: false,
    key: JSON.stringify([thresholds]),
    setUp({ root: element, chrome, series: live }) {
      const lamps = [...element.querySelectorAll<HTMLElement>('[data-lamp]')].map(
        (lamp) => new LampWriter(lamp),
      );
      const count = new TextSlot(element.querySelector('[data-count]')!);
      const said = STATES.map((state) => {
        const box = element.querySelector<HTMLElement>(`[data-exception="${state}"]`)!;
        return { state, box, text: new TextSlot(box.querySelector('b')!) };
      });
      return {
        level: () =>
          worst(live.map((one) => lightNow(one, thresholds, serverNow(), lostAt() !== undefined).state)),
        paint(now, fresh) {
          const offline = lostAt() !== undefined;
          const lights = live.map((one, index) => ({
            ...lightNow(one, thresholds, now, offline),
            label: labels[index]!,
          }));
          lights.forEach((light, index) => {
            lamps[index]!.show(light, light.label, shownValue(live[index]!));
          });
          const fine = lights.filter((light) => light.state === 'fine').length;
          count.set(fine === lights.length ? `all ${fine} fine` : `${fine} of ${lights.length} fine`);
          const named = exceptions(lights);
          for (const { state, box, text } of said) {
            const found = named.find((one) => one.state === state);
            box.hidden = found === undefined;
            if (found !== undefined) text.set(found.text);
          }
          chrome.update(fresh, undefined);
        },
      };
    },
  });

  return (
    <TileFrame tile={tile} ref={root} problem={problem} loss note small={<span data-count />}>
      {groups.length > 0 ? (
        <div className={styles.rows}>
          {groups.map((group) => (
            <div key={group.label} className={styles.row}>
              <span>{group.label}</span>
              <ul style={{ '--lamps': across } as CSSProperties}>
                {group.members.map((index) => (
                  <Lamp key={index} label={labels[index]!} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      ) : (
        <ul className={styles.named}>
          {labels.map((label, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lights have no identity but their place
            <Lamp key={index} label={label} named />
          ))}
        </ul>
      )}
      <p className={styles.said}>
        {STATES.map((state) => (
          <span key={state} data-exception={state} hidden>
            <LampShape state={state} />
            <b />
          </span>
        ))}
      </p>
    </TileFrame>
  );
}

function lightNow(
  one: LiveSeries,
  thresholds: TileOf<'status'>['thresholds'],
  now: number,
  offline: boolean,
): Light {
  if (!offline && staleness({ ...one.feed.state, now, offline }) === 'stale')
    return { state: 'silent', word: 'silent' };
  return lightOf(one.latest?.value, thresholds);
}

function shownValue(one: LiveSeries): string {
  const value = one.latest?.value;
  if (typeof value === 'number') return formatText(value, Math.abs(value) >= 10 ? { decimals: 0 } : {});
  return typeof value === 'string' ? value : '';
}
