import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { field, html, type Markup, page, table } from '../common/html.ts';
import { asObject, sendPage } from '../common/server.ts';
import { FILE_RATES, type FileFaults } from './file-faults.ts';
import type { PlatformFiles } from './files.ts';

/** The page of the exchange by files, and its /control interfaces. */
export function registerFilePages(server: FastifyInstance, files: PlatformFiles, faults: FileFaults): void {
  server.get('/files', async (_request, reply) => {
    const [out, inward] = await Promise.all(['out', 'in'].map((name) => visible(join(files.folder, name))));
    return sendPage(
      reply,
      page({
        title: '文件交换（模拟）',
        lead: '没有专线的地区用文件上报。平台取走 out 中的文件，把回执写到 in。',
        home: '/',
        refreshSeconds: 3,
        body: html`<section class="card" data-live="folders"><h2>文件夹</h2><p><code>${files.folder}</code>，已取走 ${files.fetched} 个文件</p>
${table(['等平台取走（out）', '等系统收回执（in）'], rowsOf(out ?? [], inward ?? []), '两个文件夹都是空的。')}</section>
${panel(faults)}`,
      }),
    );
  });
  server.post('/files/faults', async (request, reply) => {
    faults.change(asObject(request.body));
    return reply.redirect('/files#faults', 303);
  });
  server.post('/files/again', async (_request, reply) => {
    await files.writeAgain();
    return reply.redirect('/files', 303);
  });

  server.get('/control/file-faults', async () => faults.settings);
  server.post('/control/file-faults', async (request, reply) => {
    const wrong = faults.change(asObject(request.body));
    if (wrong) return reply.code(400).send({ error: { code: wrong, message: `${wrong} 的值不正确` } });
    return faults.settings;
  });
  server.post('/control/files/look', async () => ({ receipts: await files.look() }));
  server.post('/control/files/again', async () => ({ receipts: await files.writeAgain() }));
}

async function visible(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).sort();
}

function rowsOf(out: readonly string[], inward: readonly string[]): Markup[][] {
  const length = Math.min(20, Math.max(out.length, inward.length));
  const cell = (name: string | undefined): Markup => (name ? html`<code>${name}</code>` : html``);
  return Array.from({ length }, (_, n) => [cell(out[n]), cell(inward[n])]);
}

function panel({ settings }: FileFaults): Markup {
  return html`<section class="card" id="faults">
<h2>故障演示</h2><p>让回执迟到、缺失、重复或损坏。比例为0到1。</p>
<form method="post" action="/files/faults">
<div class="grid">
${field('回执推迟（毫秒）', html`<input name="lateMs" type="number" min="0" step="100" value="${settings.lateMs}">`)}
${FILE_RATES.map(([name, label, hint]) =>
  field(
    label,
    html`<input name="${name}" type="number" min="0" max="1" step="0.05" value="${String(settings[name])}">`,
    hint,
  ),
)}
${field('种子', html`<input name="seed" type="number" step="1" value="${settings.seed}">`)}
</div>
<div class="actions"><button>应用</button><button class="plain" type="submit" form="calm">恢复正常</button><button class="plain" type="submit" form="again">重写全部回执</button></div>
</form>
<form id="calm" method="post" action="/files/faults"></form>
<form id="again" method="post" action="/files/again"></form>
</section>`;
}
