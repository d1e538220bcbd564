import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
  useId,
  useRef,
} from 'react';
import { classNames } from './class-names.ts';
import styles from './Menu.module.css';

/** Space between the menu, its button and the edge of the window, in px. */
const MARGIN = 8;

export interface MenuProps {
  /** Draws the button; spread what it gets on it. */
  button: (props: MenuButtonProps) => ReactNode;
  /** What the menu is about; spoken. */
  label: string;
  /** Above the items: plain text. */
  head?: ReactNode;
  children: ReactNode;
}

export type MenuButtonProps = Pick<
  ComponentProps<'button'>,
  'id' | 'popoverTarget' | 'aria-haspopup' | 'aria-controls'
>;

/** A list of acts behind a button. The browser's popover: it lies above all and closes on Escape and outside. */
export function Menu({ button, label, head, children }: MenuProps): ReactNode {
  const id = useId();
  const popup = useRef<HTMLDivElement>(null);

  const items = (): HTMLElement[] => [
    ...(popup.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
  ];
  const onToggle = (event: ToggleEvent<HTMLDivElement>): void => {
    const opener = document.getElementById(`${id}-button`);
    opener?.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState === 'open') items()[0]?.focus();
  };
  const onBeforeToggle = (event: ToggleEvent<HTMLDivElement>): void => {
    const opener = document.getElementById(`${id}-button`);
    if (event.newState === 'open' && opener !== null)
      requestAnimationFrame(() => place(event.target, opener));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const list = items();
    const next = nextItem(list, list.indexOf(document.activeElement as HTMLElement), event.key);
    if (event.key === 'Tab') popup.current?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <>
      {button({
        id: `${id}-button`,
        popoverTarget: id,
        'aria-haspopup': 'menu',
        'aria-controls': id,
      })}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the menu inside it */}
      <div
        id={id}
        ref={popup}
        popover="auto"
        className={styles.menu}
        onToggle={onToggle}
        onBeforeToggle={onBeforeToggle}
        onClick={(event) => {
          if ((event.target as Element).closest('[role^="menuitem"]')) popup.current?.hidePopover();
        }}
        onKeyDown={onKeyDown}
      >
        {head !== undefined && <div className={styles.head}>{head}</div>}
        <div role="menu" aria-label={label}>
          {children}
        </div>
      </div>
    </>
  );
}

/** Below the button where there is room, else above; never past the edge of the window. */
function place(popup: EventTarget, opener: HTMLElement): void {
  if (!(popup instanceof HTMLElement)) return;
  const at = opener.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const below = at.bottom + MARGIN / 2;
  const fits = below + height + MARGIN <= window.innerHeight;
  const top = fits ? below : Math.max(MARGIN, at.top - height - MARGIN / 2);
  const left = Math.min(at.left, window.innerWidth - width - MARGIN);
  popup.style.top = `${top}px`;
  popup.style.left = `${Math.max(MARGIN, left)}px`;
}

/** Where a key leads: up and down in a ring, first, last, or the next item that begins with the letter. */
function nextItem(list: HTMLElement[], at: number, key: string): HTMLElement | undefined {
  if (key === 'ArrowDown') return list[(at + 1) % list.length];
  if (key === 'ArrowUp') return list[(at - 1 + list.length) % list.length];
  if (key === 'Home') return list[0];
  if (key === 'End') return list.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLowerCase();
  const after = [...list.slice(at + 1), ...list.slice(0, at + 1)];
  return after.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter));
}

export interface MenuItemProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  /** For one of several: whether it is the chosen one. */
  checked?: boolean | undefined;
  disabledBecause?: string | undefined;
}

export function MenuItem({
  checked,
  disabledBecause,
  className,
  onClick,
  ...rest
}: MenuItemProps): ReactNode {
  const off = disabledBecause !== undefined;
  return (
    <button
      type="button"
      tabIndex={-1}
      {...rest}
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      {...(checked !== undefined && { 'aria-checked': checked })}
      {...(off && { 'aria-disabled': true, title: disabledBecause })}
      className={classNames(styles.item, className)}
      onClick={(event) => {
        if (off) event.stopPropagation();
        else onClick?.(event);
      }}
    />
  );
}

export function MenuLine(): ReactNode {
  return <hr className={styles.line} />;
}
