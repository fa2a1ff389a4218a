/** Text that is already markup; everything else put into a page is escaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | boolean | null | undefined | readonly Part[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false || part === true) return '';
  if (typeof part === 'object') {
    return 'markup' in part ? part.markup : part.map(render).join('');
  }
  return escapeHtml(String(part));
}

/** Tagged template: `` html`<b>${anything}</b>` ``; interpolations are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { markup: strings.reduce((text, piece, index) => text + render(parts[index - 1]) + piece) };
}

/** Trusted markup as it is: for our own constant scripts only, never for data. */
export function raw(markup: string): Markup {
  return { markup };
}

/** A whole page in the common look. `refreshSeconds` reloads the part marked `data-live` without losing what is typed. */
export function page(options: {
  title: string;
  lead: string;
  home?: string;
  /** what the link to `home` says */
  homeText?: string;
  body: Markup;
  refreshSeconds?: number;
}): string {
  const live = options.refreshSeconds ? raw(liveScript(options.refreshSeconds)) : undefined;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin">
<title>${options.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/fonts/index.css">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="top">
<div class="wrap">
${options.home ? html`<a class="back" href="${options.home}">${options.homeText ?? '全部模拟系统'}</a>` : ''}
<h1>${options.title}</h1>
<p>${options.lead}</p>
</div>
</header>
<main class="wrap">${options.body}</main>
<footer class="wrap">模拟系统仅供本机演示和测试，不连接任何真实系统；所有人物均为虚构。</footer>
${live}
</body>
</html>`.markup;
}

function liveScript(seconds: number): string {
  return `<script>
setInterval(async () => {
  if (document.hidden) return;
  try {
    const text = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    for (const old of document.querySelectorAll('[data-live]')) {
      const next = fresh.querySelector('[data-live="' + old.dataset.live + '"]');
      if (next && next.innerHTML !== old.innerHTML) old.innerHTML = next.innerHTML;
    }
  } catch {}
}, ${Math.round(seconds * 1000)});
</script>`;
}

/** A list as a table that stacks into cards on a phone. Shows `empty` when there are no rows. */
export function table(heads: readonly string[], rows: readonly (readonly Part[])[], empty: string): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => html`<td data-label="${heads[index]}"><span>${cell}</span></td>`)}</tr>`,
  )}</tbody></table>`;
}

/** A labelled field of a form. */
export function field(label: string, control: Markup, hint = ''): Markup {
  return html`<label class="field"><span>${label}</span>${control}${hint ? html`<small>${hint}</small>` : ''}</label>`;
}

/** A choice from a code table. */
export function choice(name: string, options: Readonly<Record<string, string>>, chosen: string): Markup {
  return html`<select name="${name}">${Object.entries(options).map(([code, text]) =>
    code === chosen
      ? html`<option value="${code}" selected>${text}</option>`
      : html`<option value="${code}">${text}</option>`,
  )}</select>`;
}
