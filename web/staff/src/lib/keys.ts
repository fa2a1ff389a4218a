import { ApiError, requestKey } from '@yingdeng/web-shared/api.ts';
import { useRef } from 'react';

/**
 * The request key of a form. The same content keeps its key through silence and retries, so that it has one effect;
 * other content, or a clear refusal, is a new intention and gets a new one.
 */
export function useRequestKey(): { keyFor: (body: unknown) => string; refused: (error: unknown) => void } {
  const last = useRef<{ content: string; key: string }>(undefined);
  return {
    keyFor(body) {
      const content = JSON.stringify(body);
      if (last.current?.content !== content) last.current = { content, key: requestKey() };
      return last.current.key;
    },
    refused(error) {
      if (error instanceof ApiError && !error.offline && error.status < 500) last.current = undefined;
    },
  };
}
