import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The portal is served at / by the HTTP door; phones of 2020 (Chrome 80) must run it. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome80',
    cssTarget: 'chrome80',
    modulePreload: { polyfill: true },
    // Fonts stay files: a slice is fetched only when a page needs its characters.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { port: 8790, proxy: { '/api': 'http://localhost:8700' } },
});
