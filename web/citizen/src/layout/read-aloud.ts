/** Whether this browser can speak. */
export const canSpeak = 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;

/** Text of the page as it is read: what is on screen, in short pieces, because browsers stop in the middle of long ones. */
function pieces(root: HTMLElement): string[] {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden on the screen is not read.
  return root.innerText
    .split(/[\n。！？；]+/)
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

/** Reads the page's main part aloud from the start. `whenOver` is called at the end or when it fails. Returns how to stop. */
export function readAloud(root: HTMLElement, whenOver: () => void): () => void {
  const speech = window.speechSynthesis;
  speech.cancel();
  const queue = pieces(root);
  queue.forEach((text, index) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = 'zh-CN';
    utterance.rate = 0.9;
    if (index === queue.length - 1) utterance.onend = whenOver;
    utterance.onerror = whenOver;
    speech.speak(utterance);
  });
  if (queue.length === 0) whenOver();
  return () => speech.cancel();
}
