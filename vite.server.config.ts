import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { workerFiles } from './server/worker.ts';

const server = fileURLToPath(new URL('./server/', import.meta.url));

/** Each worker thread is a file of its own beside `main`, under the name by which `startWorker` asks for it. */
const workers = Object.fromEntries(
  Object.entries(workerFiles).map(([name, file]) => [name, fileURLToPath(new URL(file, `file://${server}`))]),
);

/** The server: our own code in a few files; what is installed stays outside and is loaded from node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: { main: `${server}main.ts`, ...workers },
      external: [
        /^node:/,
        ...builtinModules,
        ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(?:/|$)`)),
      ],
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
