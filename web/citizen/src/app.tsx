import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { Shell } from './layout/shell.tsx';
import { Home } from './pages/home.tsx';
import { CrashGuard } from './parts/crash-guard.tsx';
import { Loading } from './parts/states.tsx';

/** A page whose script is fetched when it is first opened. */
const page = (load: () => Promise<{ Page: ComponentType }>) =>
  lazy(async () => {
    const [{ Page }, { WithQueries }] = await Promise.all([load(), import('./data/queries.tsx')]);
    return {
      default: () => (
        <WithQueries>
          <Page />
        </WithQueries>
      ),
    };
  });

const pages = {
  '/sign-in': page(() => import('./pages/sign-in.tsx')),
  '/apply': page(() => import('./apply/apply-page.tsx')),
  '/receipt': page(() => import('./pages/receipt.tsx')),
  '/my': page(() => import('./my/my-page.tsx')),
  '/my/messages': page(() => import('./my/messages-page.tsx')),
  '/my/looks': page(() => import('./my/looks-page.tsx')),
  '/my/month': page(() => import('./self/month-page.tsx')),
  '/my/plan': page(() => import('./plan/plan-page.tsx')),
  '/my/jobs': page(() => import('./my/jobs-page.tsx')),
  '/my/data': page(() => import('./self/data-page.tsx')),
  '/my/objections': page(() => import('./self/objections-page.tsx')),
  '/progress': page(() => import('./pages/progress.tsx')),
  '/lists': page(() => import('./pages/lists.tsx')),
  '/institutions': page(() => import('./pages/institutions.tsx')),
  '/guide': page(() => import('./pages/guide.tsx')),
  '/verify': page(() => import('./pages/verify.tsx')),
  '/check-exits': page(() => import('./exits/page.tsx')),
  '*': page(() => import('./pages/not-found.tsx')),
};

/** The portal: one frame, one page at a time. */
export function App() {
  const { pathname } = useLocation();
  return (
    <Shell>
      <CrashGuard key={pathname}>
        <Suspense fallback={<Loading what="正在打开页面" />}>
          <Routes>
            <Route path="/" element={<Home />} />
            {Object.entries(pages).map(([path, Page]) => (
              <Route key={path} path={path} element={<Page />} />
            ))}
          </Routes>
        </Suspense>
      </CrashGuard>
    </Shell>
  );
}
