/**
 * Takes a secret out of the address: `#K7RM` or `#token=K7RM`. A fragment never reaches a server or its logs, and what
 * stands in the address bar would be copied, photographed and kept in the history, so it is removed at once.
 */
export function takeSecretFromAddress(): string {
  const secret = secretIn(window.location.hash);
  if (window.location.hash !== '') {
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }
  return secret;
}

export function secretIn(hash: string): string {
  const text = hash.replace(/^#/, '');
  const named = new URLSearchParams(text).get('token');
  try {
    return (named ?? decodeURIComponent(text)).trim();
  } catch {
    return text.trim();
  }
}
