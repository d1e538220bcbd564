/** Ways to publish a value, ready to paste. */
export interface PublishSample {
  id: 'curl' | 'loop' | 'python' | 'node' | 'powershell';
  label: string;
  code: string;
}

export interface SampleTarget {
  /** As this page was reached: `https://board.example`. */
  origin: string;
  channel: string;
  key: string;
}

/** The same value sent from a shell, a script or a program; key and address are filled in. */
export function publishSamples({ origin, channel, key }: SampleTarget): PublishSample[] {
  const url = `${origin}/api/v1/channels/${encodeURIComponent(channel)}`;
  const auth = `Authorization: Bearer ${key}`;
  return [
    { id: 'curl', label: 'curl', code: `curl ${url} \\\n  -H '${auth}' \\\n  -d '41.2'` },
    {
      id: 'loop',
      label: 'bash loop',
      code: `while sleep 1; do\n  curl -s ${url} \\\n    -H '${auth}' \\\n    -d "$(cut -d' ' -f1 /proc/loadavg)"\ndone`,
    },
    {
      id: 'python',
      label: 'Python',
      code: `import json, urllib.request\n\nrequest = urllib.request.Request(\n    "${url}",\n    data=json.dumps({"level": 41.2}).encode(),\n    headers={"Authorization": "Bearer ${key}"},\n)\nurllib.request.urlopen(request)`,
    },
    {
      id: 'node',
      label: 'Node',
      code: `await fetch('${url}', {\n  method: 'POST',\n  headers: { authorization: 'Bearer ${key}' },\n  body: JSON.stringify({ level: 41.2 }),\n});`,
    },
    {
      id: 'powershell',
      label: 'PowerShell',
      code: `Invoke-RestMethod ${url} -Method Post \`\n  -Headers @{ Authorization = 'Bearer ${key}' } \`\n  -Body '41.2'`,
    },
  ];
}
