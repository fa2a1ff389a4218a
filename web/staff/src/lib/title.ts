import { useEffect } from 'react';

/** The tab's title; tells pages apart when a clerk has ten open. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 应登经办台`;
  }, [title]);
}
