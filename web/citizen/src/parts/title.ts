import { useEffect } from 'react';

/** Names the page in the window's title, which is the first thing a screen reader says. */
export function usePageTitle(name: string): void {
  useEffect(() => {
    document.title = name ? `${name} · 失业登记` : '失业登记 · 公共就业服务';
  }, [name]);
}
