import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import Today from './pages/today.tsx';
import { Loading, NotFound } from './parts/states.tsx';
import { Guarded } from './shell/guarded.tsx';
import { Shell } from './shell/shell.tsx';

const page = (load: () => Promise<{ default: ComponentType }>) => lazy(load);
const SignIn = page(() => import('./pages/sign-in.tsx'));
const Decisions = page(() => import('./pages/worklists/decisions.tsx'));
const Forwarded = page(() => import('./pages/worklists/forwarded.tsx'));
const Transfers = page(() => import('./pages/transfers/transfers.tsx'));
const Contacts = page(() => import('./pages/worklists/contacts.tsx'));
const FollowUps = page(() => import('./pages/worklists/follow-ups.tsx'));
const Difficulties = page(() => import('./pages/service/difficulties.tsx'));
const MatterList = page(() => import('./pages/matters/matter-list.tsx'));
const PlanSteps = page(() => import('./pages/service/plan-steps.tsx'));
const ServedPeople = page(() => import('./pages/served/served.tsx'));
const Support = page(() => import('./pages/support/support.tsx'));
const Training = page(() => import('./pages/training/training.tsx'));
const Credit = page(() => import('./pages/credit/credit.tsx'));
const WelfareDuty = page(() => import('./pages/welfare/duty.tsx'));
const WelfarePosts = page(() => import('./pages/welfare/posts.tsx'));
const Objections = page(() => import('./pages/objections/objections.tsx'));
const Field = page(() => import('./pages/field/field.tsx'));
const Referrals = page(() => import('./pages/worklists/referrals.tsx'));
const Vacancies = page(() => import('./pages/vacancies/vacancies.tsx'));
const Vacancy = page(() => import('./pages/vacancies/vacancy.tsx'));
const VacancyImports = page(() => import('./pages/vacancies/imports.tsx'));
const Exits = page(() => import('./pages/worklists/exits.tsx'));
const Case = page(() => import('./pages/cases/case.tsx'));
const Counter = page(() => import('./pages/counter/counter.tsx'));
const Receipt = page(() => import('./pages/counter/receipt.tsx'));
const People = page(() => import('./pages/people.tsx'));
const BackLoad = page(() => import('./pages/exchange/back-load.tsx'));
const UploadStatistics = page(() => import('./pages/exchange/statistics.tsx'));
const Exchange = page(() => import('./pages/exchange/exchange.tsx'));
const ExchangeRecord = page(() => import('./pages/exchange/record.tsx'));
const ExchangeBatch = page(() => import('./pages/exchange/batch.tsx'));
const ExchangeDecision = page(() => import('./pages/exchange/decision.tsx'));
const ExchangeForwarded = page(() => import('./pages/exchange/forwarded-evidence.tsx'));
const ToMend = page(() => import('./pages/exchange/to-mend.tsx'));
const CivilExchange = page(() => import('./pages/civil/civil.tsx'));
const CivilFile = page(() => import('./pages/civil/civil-file.tsx'));
const Supervision = page(() => import('./pages/supervision/supervision.tsx'));
const Missed = page(() => import('./pages/supervision/missed.tsx'));
const DaysTaken = page(async () => ({ default: (await import('./pages/supervision/missed.tsx')).DaysTaken }));
const Reports = page(() => import('./pages/reports/reports.tsx'));
const Situation = page(() => import('./pages/reports/situation.tsx'));
const Trends = page(() => import('./pages/reports/trends.tsx'));
const Consistency = page(() => import('./pages/reports/consistency.tsx'));
const Report = page(() => import('./pages/reports/report.tsx'));
const Audit = page(() => import('./pages/audit.tsx'));
const Accounts = page(() => import('./pages/admin/accounts.tsx'));
const Offices = page(() => import('./pages/admin/offices.tsx'));
const WorkCalendar = page(() => import('./pages/admin/calendar.tsx'));
const Provisions = page(() => import('./pages/admin/provisions.tsx'));
const Lists = page(() => import('./pages/admin/lists.tsx'));
const Templates = page(() => import('./pages/admin/templates.tsx'));
const Switchboard = page(() => import('./pages/admin/switchboard.tsx'));
const Law = page(() => import('./pages/law/law.tsx'));

/** Every address of the console, each page its own file, asked for when it is opened. */
export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/sign-in" element={<SignIn />} />
        {/* Outside the frame: it opens without a network, when nobody can be asked who is signed in. */}
        <Route path="/field" element={<Field />} />
        <Route element={<Shell />}>
          <Route index element={<Today />} />
          <Route element={<Guarded action="application.read" />}>
            <Route path="/decisions" element={<Decisions />} />
            <Route path="/forwarded" element={<Forwarded />} />
            <Route path="/cases/:applicationId" element={<Case />} />
          </Route>
          <Route path="/transfers" element={<Guarded action="registration.transfer" />}>
            <Route index element={<Transfers />} />
          </Route>
          <Route path="/contacts" element={<Guarded action="contact.read" />}>
            <Route index element={<Contacts />} />
          </Route>
          <Route path="/follow-ups" element={<Guarded action="contact.read" />}>
            <Route index element={<FollowUps />} />
          </Route>
          <Route path="/difficulties" element={<Guarded action="service.read" />}>
            <Route index element={<Difficulties />} />
          </Route>
          <Route path="/served" element={<Guarded action="served.read" />}>
            <Route index element={<ServedPeople />} />
          </Route>
          <Route path="/support" element={<Guarded action="service.read" />}>
            <Route index element={<Support />} />
          </Route>
          <Route path="/training" element={<Guarded action="training.read" />}>
            <Route index element={<Training />} />
          </Route>
          <Route path="/credit" element={<Guarded action="credit.read" />}>
            <Route index element={<Credit />} />
          </Route>
          <Route path="/welfare-duty" element={<Guarded action="post.read" />}>
            <Route index element={<WelfareDuty />} />
          </Route>
          <Route path="/welfare-posts" element={<Guarded action="post.read" />}>
            <Route index element={<WelfarePosts />} />
          </Route>
          <Route path="/matters" element={<Guarded action="matter.read" />}>
            <Route index element={<MatterList />} />
          </Route>
          <Route path="/plan-steps" element={<Guarded action="service.read" />}>
            <Route index element={<PlanSteps />} />
          </Route>
          <Route path="/objections" element={<Guarded action="supervision.read" />}>
            <Route index element={<Objections />} />
          </Route>
          <Route path="/referrals" element={<Guarded action="referral.read" />}>
            <Route index element={<Referrals />} />
          </Route>
          <Route path="/vacancies" element={<Guarded action="vacancy.read" />}>
            <Route index element={<Vacancies />} />
            <Route path=":id" element={<Vacancy />} />
          </Route>
          <Route path="/vacancies/imports" element={<Guarded action="vacancy.manage" />}>
            <Route index element={<VacancyImports />} />
            <Route path=":id" element={<VacancyImports />} />
          </Route>
          <Route path="/exits" element={<Guarded action="registration.read" />}>
            <Route index element={<Exits />} />
          </Route>
          <Route path="/to-mend" element={<Guarded action="registration.read" />}>
            <Route index element={<ToMend />} />
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
            <Route path="records/:exitId" element={<ExchangeRecord />} />
            <Route path="batches/:batchId" element={<ExchangeBatch />} />
            <Route path="decisions/:decisionId" element={<ExchangeDecision />} />
            <Route path="forwarded/:number" element={<ExchangeForwarded />} />
          </Route>
          <Route path="/civil-exchange" element={<Guarded action="exchange.read" />}>
            <Route index element={<CivilExchange />} />
            <Route path=":id" element={<CivilFile />} />
          </Route>
          <Route path="/back-load" element={<Guarded action="exchange.read" />}>
            <Route index element={<BackLoad />} />
          </Route>
          <Route path="/platform-statistics" element={<Guarded action="exchange.read" />}>
            <Route index element={<UploadStatistics />} />
          </Route>
          <Route path="/supervision" element={<Guarded action="supervision.read" />}>
            <Route index element={<Supervision />} />
            <Route path="missed" element={<Missed />} />
            <Route path="days" element={<DaysTaken />} />
          </Route>
          <Route path="/situation" element={<Guarded action="situation.read" />}>
            <Route index element={<Situation />} />
          </Route>
          <Route path="/trends" element={<Guarded action="situation.read" />}>
            <Route index element={<Trends />} />
          </Route>
          <Route path="/reports" element={<Guarded action="statistics.read" />}>
            <Route index element={<Reports />} />
            <Route path=":division/:month" element={<Report />} />
            <Route path=":division/:month/consistency" element={<Consistency />} />
          </Route>
          <Route path="/audit" element={<Guarded action="audit.read" />}>
            <Route index element={<Audit />} />
          </Route>
          <Route path="/admin/accounts" element={<Guarded action="account.manage" />}>
            <Route index element={<Accounts />} />
          </Route>
          <Route path="/admin/offices" element={<Guarded action="organisation.manage" />}>
            <Route index element={<Offices />} />
          </Route>
          <Route path="/admin/calendar" element={<Guarded action="calendar.manage" />}>
            <Route index element={<WorkCalendar />} />
          </Route>
          <Route path="/admin/provisions" element={<Guarded action="provision.manage" />}>
            <Route index element={<Provisions />} />
          </Route>
          <Route path="/admin/lists" element={<Guarded action="list.approve" />}>
            <Route index element={<Lists />} />
          </Route>
          <Route path="/admin/message-templates" element={<Guarded action="template.manage" />}>
            <Route index element={<Templates />} />
          </Route>
          <Route path="/admin/switchboard" element={<Switchboard />} />
          <Route path="/law" element={<Law />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
