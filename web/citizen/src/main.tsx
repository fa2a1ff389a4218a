import './polyfills.ts';
// Styles before pages: what a page adds comes later and wins.
import '@yingdeng/web-shared/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/contrast.css';
import { keepShell } from '@yingdeng/web-shared/keep-shell.ts';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app.tsx';
import { ensureChineseFont } from './font.ts';
import { restoreContrast } from './layout/contrast.ts';
import { restoreTypeSize } from './layout/type-size.ts';
import { holdInstallOffer } from './self/install.ts';

restoreTypeSize();
restoreContrast();
holdInstallOffer();
if (import.meta.env.PROD) keepShell('/');
void ensureChineseFont();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <BrowserRouter>
      <App />
    </BrowserRouter>,
  );
}
