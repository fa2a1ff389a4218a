// Types of lock.js for the TypeScript that shares it; lock.js itself also runs on an older Node.
export function withLock<T>(file: string, onWait: (holder: number) => void, work: () => Promise<T>): Promise<T>;
export function identityOf(pid: number): string | undefined;
