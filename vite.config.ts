import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const from = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The console: one page, its script and style as files of their own, since the policy allows nothing inline. */
export default defineConfig({
  root: from('src/web'),
  plugins: [react()],
  build: {
    outDir: process.env['PEER_HIRE_WEB_OUT'] ?? from('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // An image as a data: address would be one the policy refuses.
    assetsInlineLimit: 0,
  },
});
