import { reshapeWhenFontsArrive } from '@yingdeng/web-shared/reshape.ts';
import './styles/base.css';
import './styles/parts.css';
import './styles/case.css';
import './styles/counter.css';
import './styles/desk.css';
import { keepShell } from '@yingdeng/web-shared/keep-shell.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

// The Chinese font is only asked for by machines that have none of their own; its style sheet need not delay the first screen.
reshapeWhenFontsArrive();
void import('@fontsource-variable/noto-sans-sc/index.css');

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// A field worker opens the console where there is no network; decisions still need one.
if (import.meta.env.PROD) keepShell('/console/');
