import { type ReactNode, useState } from 'react';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './ProxyHelp.module.css';

const SNIPPETS = {
  nginx: {
    label: 'nginx',
    text: `location / {
  proxy_pass http://127.0.0.1:8080;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection "upgrade";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_read_timeout 1h;
}`,
  },
  caddy: {
    label: 'Caddy',
    text: `board.example.com {
  reverse_proxy 127.0.0.1:8080
}`,
  },
  traefik: {
    label: 'Traefik',
    text: `http:
  routers:
    callboard:
      rule: Host(\`board.example.com\`)
      service: callboard
  services:
    callboard:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:8080`,
  },
} as const;

type Proxy = keyof typeof SNIPPETS;
const options = (Object.keys(SNIPPETS) as Proxy[]).map((value) => ({ value, label: SNIPPETS[value].label }));

/** HTTP works, the WebSocket never did: what to look at, with what to copy. */
export function ProxyHelp(): ReactNode {
  const [proxy, setProxy] = useState<Proxy>('nginx');
  return (
    <section className={styles.help} aria-label="No live connection">
      <p>
        <b>HTTP works, but the WebSocket was refused.</b> Is your proxy forwarding <code>Upgrade</code>? If
        there is none, the address <code>{window.location.origin}</code> may be missing from{' '}
        <code>PUBLIC_URL</code> or <code>ALLOWED_ORIGINS</code>.
      </p>
      <CodeBlock
        label={`Settings for ${SNIPPETS[proxy].label}`}
        code={SNIPPETS[proxy].text}
        head={<Segmented label="Proxy" size="small" value={proxy} options={options} onChange={setProxy} />}
      />
    </section>
  );
}
