import { shellQuoted } from '../shell-quoted.ts';

/** How programs publish to a channel, ready to be copied. */

export const languages = ['curl', 'loop', 'python', 'node', 'powershell'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = {
  curl: 'curl',
  loop: 'bash',
  python: 'Python',
  node: 'Node',
  powershell: 'PowerShell',
};

export interface PublishExample {
  /** Of this server: `https://board.example`. */
  origin: string;
  channel: string;
  /** The data to publish. */
  data: unknown;
}

/** Longer data makes a command that nobody reads. */
const SAMPLE_MAX = 300;

/** What stands in the example of a channel: its newest datum where that is short, else a number. */
export function sampleOf(data: unknown): unknown {
  if (data === undefined) return 41.2;
  return JSON.stringify(data).length <= SAMPLE_MAX ? data : 41.2;
}

/** A complete program in one language. The key is read from the environment variable KEY. */
export function publishCode(language: Language, { origin, channel, data }: PublishExample): string {
  const url = `${origin}/api/v1/channels/${encodeURIComponent(channel)}`;
  const json = JSON.stringify(data);
  switch (language) {
    case 'curl':
      return `curl ${url} \\\n  -H "Authorization: Bearer $KEY" \\\n  -d ${shellQuoted(json)}`;
    case 'loop':
      return [
        'while sleep 5; do',
        `  curl -sS ${url} \\`,
        '    -H "Authorization: Bearer $KEY" \\',
        '    -d "$(cut -d" " -f1 /proc/loadavg)"',
        'done',
      ].join('\n');
    case 'python':
      return [
        'import os, urllib.request',
        '',
        'request = urllib.request.Request(',
        `    ${JSON.stringify(url)},`,
        // A JSON text is also a Python string.
        `    data=${JSON.stringify(json)}.encode(),`,
        '    headers={"Authorization": "Bearer " + os.environ["KEY"]},',
        ')',
        'print(urllib.request.urlopen(request).read().decode())',
      ].join('\n');
    case 'node':
      return [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        "  method: 'POST',",
        '  headers: { Authorization: "Bearer " + process.env.KEY },',
        `  body: JSON.stringify(${json}),`,
        '});',
        'console.log(await response.json());',
      ].join('\n');
    case 'powershell':
      return [
        `Invoke-RestMethod -Method Post -Uri '${url}' \``,
        '  -Headers @{ Authorization = "Bearer $env:KEY" } `',
        `  -Body '${json.replaceAll("'", "''")}'`,
      ].join('\n');
  }
}
