import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { BrowserRouter } from 'react-router';
import { client } from './lib/client.ts';
import { Pages } from './routes.tsx';
import { SignInAgain } from './session/sign-in-again.tsx';
import { theme } from './theme.ts';

/** The console: theme, data, pages, and the sign-in that appears over a page when a session ends under it. */
export function App() {
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      {/* The last word counts: a clerk who works fast is not covered by the words before it. */}
      <AntApp message={{ maxCount: 1 }}>
        <QueryClientProvider client={client}>
          <BrowserRouter basename="/console">
            <Pages />
            <SignInAgain />
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
