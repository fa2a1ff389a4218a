import type { TestProject } from 'vitest/node';
import { OwnSystem } from './lib/own-system.ts';

/**
 * One whole system for all journeys of a run: a small city, begun once. A journey brings its own people and counts what
 * changed, not what there is; who kills the system or moves its clock starts one of their own.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const system = new OwnSystem();
  project.provide('running', await system.start());
  return () => system.stop();
}

declare module 'vitest' {
  export interface ProvidedContext {
    running: Awaited<ReturnType<OwnSystem['start']>>;
  }
}
