import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Where `npm run dev` finds the server while vite serves the pages. The Host header stays the page's own: the server
 * takes no cookie from an origin that differs from it.
 */
const server = { target: `http://127.0.0.1:${process.env.PORT ?? '8080'}`, changeOrigin: false };

/**
 * Every zod schema carries the code that describes it as JSON Schema, which only the server does: 5 KB gzipped that
 * each visitor would wait for. In the pages these functions keep their names and do nothing.
 */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  transform: {
    filter: { id: /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/ },
    handler(code) {
      const names = [...code.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
      const renamed = code.includes('export { processSchema as process }') ? ['process'] : [];
      const stubs = [...names, ...renamed].map((name) => `export const ${name} = () => undefined;`);
      return { code: stubs.join('\n'), map: { mappings: '' } };
    },
  },
};

/**
 * The client. Its pages run under `script-src 'self'; style-src 'self'`: nothing may end up inline, so small assets
 * are not turned into data URLs and the polyfill for modulepreload, an inline script, stays out.
 */
export default defineConfig({
  root: 'client',
  plugins: [react(), withoutJsonSchema],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('client/zod.ts', import.meta.url)) }],
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      // With the slash: `/api.ts` is a module of the client.
      '/api/': server,
      '/healthz': server,
      '/ws': { ...server, ws: true },
    },
  },
});
