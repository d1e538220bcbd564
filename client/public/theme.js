// Before the first paint: a stored theme must not flash the other one. A file, because the page allows no inline script.
try {
  const stored = JSON.parse(localStorage.getItem('callboard.settings') ?? '{}');
  const theme = stored.state?.theme;
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // A browser without storage follows the system.
}
