import { fileURLToPath } from 'node:url';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { packedAsPackages } from './build/packed-packages.ts';

/** The oldest runtime the code must run on is the carried Electron 33: Chromium 130, Node 20.18. */
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

/** A build for the tests can be armed to die at a failpoint (shared/base/failpoint.ts); a release has none. */
const isForTests = process.env['AGENT_CONSOLE_TEST_BUNDLE'] === '1';
const outDir = isForTests ? './dist/test-bundle' : './out';
const define = { FAILPOINTS: String(isForTests) };

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    define,
    resolve: { conditions: ['node'] },
    build: {
      target: nodeTarget,
      outDir: at(`${outDir}/main`),
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        // The embedded desk is an entry of its own: it runs in a utility process, and main/ must
        // not import server/. Its backups are packed by a thread.
        input: {
          index: at('main/index.ts'),
          'embedded-desk': at('server/embedded.ts'),
          'backup-worker': at('server/backup/backup-worker.ts'),
        },
        external: [...packedAsPackages, 'pg-native'],
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    define,
    build: {
      target: nodeTarget,
      outDir: at(`${outDir}/preload`),
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('main/preload.ts') },
        // A sandboxed preload script cannot be an ES module and cannot require packages or chunks.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    define,
    root: at('renderer'),
    base: './',
    plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
    worker: { format: 'es' },
    build: {
      target: chromeTarget,
      outDir: at(`${outDir}/renderer`),
      sourcemap: true,
      minify: true,
      // Inlined assets would be data: URLs, which the page's CSP refuses for fonts and scripts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
