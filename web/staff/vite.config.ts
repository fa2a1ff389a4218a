import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console is served below /console/ by the server, which also answers /api. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': 'http://localhost:8700' } },
});
