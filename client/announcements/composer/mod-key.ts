/** The key that this machine's people press for commands: Apple's, or Control. */
export const onApple = /Mac|iPhone|iPad/.test(navigator.platform);

export function hasMod(event: { metaKey: boolean; ctrlKey: boolean }): boolean {
  return onApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}
