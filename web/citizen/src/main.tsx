import './polyfills.ts';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app.tsx';
import { ensureChineseFont } from './font.ts';
import { restoreTypeSize } from './layout/type-size.ts';
import '@yingdeng/web-shared/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/pages.css';

restoreTypeSize();
void ensureChineseFont();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <BrowserRouter>
      <App />
    </BrowserRouter>,
  );
}
