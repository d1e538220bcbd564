import { createLink } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names.ts';

interface Look {
  /** `primary`: the one filled button of a screen. `critical`: only for sending a critical announcement. */
  variant?: 'plain' | 'primary' | 'critical' | 'quiet' | 'link' | undefined;
  size?: 'small' | 'medium' | 'large' | undefined;
  /** As wide as its container. */
  wide?: boolean | undefined;
}

function buttonClass({ variant = 'plain', size = 'medium', wide }: Look, extra?: string): string {
  return classNames(
    styles.button,
    variant !== 'plain' && styles[variant],
    size !== 'medium' && variant !== 'link' && styles[size],
    wide && styles.wide,
    extra,
  );
}

export interface ButtonProps extends Look, Omit<ComponentProps<'button'>, 'disabled'> {
  /**
   * Why it cannot be pressed now, in words. The button stays reachable, so that the reason can be read and heard;
   * pressing it does nothing.
   */
  disabledBecause?: string | undefined;
  /** Its act is under way: it cannot be pressed again until that has ended. */
  busy?: boolean | undefined;
}

export function Button(props: ButtonProps): ReactNode {
  const { variant, size, wide, disabledBecause, busy = false, className, onClick, ...rest } = props;
  const off = busy || disabledBecause !== undefined;
  const act = (event: MouseEvent<HTMLButtonElement>): void => {
    if (off) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      {...(off && { 'aria-disabled': true })}
      {...(busy && { 'aria-busy': true })}
      {...(disabledBecause !== undefined && { title: disabledBecause })}
      className={buttonClass({ variant, size, wide }, className)}
      onClick={act}
    />
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'wide' | 'children'> {
  /** What it does; spoken, and shown on hover. */
  label: string;
  children: ReactNode;
}

/** A button that shows a symbol only. Quiet unless told otherwise. */
export function IconButton({ label, className, variant = 'quiet', ...rest }: IconButtonProps): ReactNode {
  return (
    <Button
      aria-label={label}
      title={label}
      variant={variant}
      className={classNames(styles.icon, className)}
      {...rest}
    />
  );
}

function PlainButtonLink({ variant, size, wide, className, ...rest }: Look & ComponentProps<'a'>): ReactNode {
  return <a {...rest} className={buttonClass({ variant, size, wide }, className)} />;
}

/** A link in the shape of a button: it goes somewhere, so it can be opened in a new tab. */
export const ButtonLink = createLink(PlainButtonLink);
