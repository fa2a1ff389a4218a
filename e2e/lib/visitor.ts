/** One answer, read whole. */
export interface Answered {
  readonly status: number;
  /** The address that answered, after the redirects that were followed. */
  readonly url: string;
  readonly location: string | undefined;
  readonly text: string;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Somebody at a browser of their own: keeps cookies by host and path, follows redirects only when asked. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, Cookie>>();

  /** Sends one request; a redirect is an answer like any other. */
  async send(url: string, init: RequestInit = {}): Promise<Answered> {
    const at = new URL(url);
    const headers = new Headers(init.headers);
    const cookie = this.#cookiesFor(at);
    if (cookie) headers.set('cookie', cookie);
    const answer = await fetch(at, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) });
    for (const line of answer.headers.getSetCookie()) this.#keep(at, line);
    const location = answer.headers.get('location') ?? undefined;
    return {
      status: answer.status,
      url: at.href,
      location: location && new URL(location, at).href,
      text: await answer.text(),
    };
  }

  /** Opens a page as a browser does: follows redirects to where they end. */
  async open(url: string, form?: Readonly<Record<string, string>>): Promise<Answered> {
    let answer = await this.send(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {});
    for (let hops = 0; answer.location && hops < 10; hops += 1) answer = await this.send(answer.location);
    return answer;
  }

  /** Takes over a cookie that another browser was given. */
  remember(url: string, name: string, value: string): void {
    this.#jar(new URL(url)).set(`${name} /`, { value, path: '/' });
  }

  /** What would be sent to an address, as the Cookie header has it; empty when nothing would. */
  cookies(url: string): string {
    return this.#cookiesFor(new URL(url));
  }

  /** Ports share cookies in a browser; they are kept apart here so that no stand-in ever sees the portal's session. */
  #jar(at: URL): Map<string, Cookie> {
    const jar = this.#cookies.get(at.host) ?? new Map<string, Cookie>();
    this.#cookies.set(at.host, jar);
    return jar;
  }

  #keep(at: URL, line: string): void {
    const [, name = '', value = '', rest = ''] = /^([^=;]+)=([^;]*)(.*)$/.exec(line) ?? [];
    const attribute = (key: string) => new RegExp(`;\\s*${key}=([^;]*)`, 'i').exec(rest)?.[1];
    const path = attribute('path') ?? '/';
    const gone =
      value === '' ||
      Number(attribute('max-age') ?? 1) <= 0 ||
      Date.parse(attribute('expires') ?? '9999-12-31') < Date.now();
    if (gone) this.#jar(at).delete(`${name} ${path}`);
    else this.#jar(at).set(`${name} ${path}`, { value, path });
  }

  #cookiesFor(at: URL): string {
    return [...this.#jar(at)]
      .filter(([, { path }]) => at.pathname === path || at.pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
  }
}
