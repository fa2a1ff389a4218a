import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import Today from './pages/today.tsx';
import { Loading, NotFound } from './parts/states.tsx';
import { Guarded } from './shell/guarded.tsx';
import { Shell } from './shell/shell.tsx';

const page = (load: () => Promise<{ default: ComponentType }>) => lazy(load);
const SignIn = page(() => import('./pages/sign-in.tsx'));
const Decisions = page(() => import('./pages/worklists/decisions.tsx'));
const Contacts = page(() => import('./pages/worklists/contacts.tsx'));
const Exits = page(() => import('./pages/worklists/exits.tsx'));
const Case = page(() => import('./pages/cases/case.tsx'));
const Counter = page(() => import('./pages/counter/counter.tsx'));
const Receipt = page(() => import('./pages/counter/receipt.tsx'));
const People = page(() => import('./pages/people.tsx'));
const Exchange = page(() => import('./pages/exchange/exchange.tsx'));
const Supervision = page(() => import('./pages/supervision/supervision.tsx'));
const Missed = page(() => import('./pages/supervision/missed.tsx'));
const Audit = page(() => import('./pages/audit.tsx'));
const Law = page(() => import('./pages/law/law.tsx'));

/** Every address of the console, each page its own file, asked for when it is opened. */
export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/sign-in" element={<SignIn />} />
        <Route element={<Shell />}>
          <Route index element={<Today />} />
          <Route element={<Guarded action="application.read" />}>
            <Route path="/decisions" element={<Decisions />} />
            <Route path="/cases/:applicationId" element={<Case />} />
          </Route>
          <Route path="/contacts" element={<Guarded action="contact.read" />}>
            <Route index element={<Contacts />} />
          </Route>
          <Route path="/exits" element={<Guarded action="registration.read" />}>
            <Route index element={<Exits />} />
          </Route>
          <Route path="/counter" element={<Guarded action="application.enter" />}>
            <Route index element={<Counter />} />
            <Route path="receipt/:applicationId" element={<Receipt />} />
          </Route>
          <Route path="/people" element={<Guarded action="person.search" />}>
            <Route index element={<People />} />
          </Route>
          <Route path="/exchange" element={<Guarded action="exchange.read" />}>
            <Route index element={<Exchange />} />
          </Route>
          <Route path="/supervision" element={<Guarded action="supervision.read" />}>
            <Route index element={<Supervision />} />
            <Route path="missed" element={<Missed />} />
          </Route>
          <Route path="/audit" element={<Guarded action="audit.read" />}>
            <Route index element={<Audit />} />
          </Route>
          <Route path="/law" element={<Law />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
