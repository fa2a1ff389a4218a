import { existsSync, readFileSync } from 'node:fs';

interface DemoFile {
  readonly staff?: readonly { name: string; username: string; password: string; roleText: string }[];
  readonly workers?: readonly { name: string; idNumber: string; situation?: string }[];
}

/** What a newcomer needs to know, the portal's address first. */
export function greeting(url: string, standIns: string | undefined, demoFile: string): string {
  const lines = [
    '',
    '应登已启动。',
    '',
    `  个人门户    ${url}/`,
    `  经办台      ${url}/console/`,
    `  接口文档    ${url}/api/docs`,
    ...(standIns ? [`  模拟系统    ${standIns}/  （国家平台、身份认证、短信、社会保险；动态口令也在这里）`] : []),
  ];
  const demo: DemoFile = existsSync(demoFile) ? (JSON.parse(readFileSync(demoFile, 'utf8')) as DemoFile) : {};
  const staff = onePerRole(demo.staff ?? []);
  if (staff.length > 0) {
    lines.push('', '工作人员登录（数据全部虚构）：');
    const rows = staff.map((person) => [person.roleText, person.name, person.username, person.password]);
    lines.push(...table([['岗位', '姓名', '用户名', '密码'], ...rows]));
  }
  const workers = (demo.workers ?? []).slice(0, 3);
  if (workers.length > 0) {
    lines.push('', '个人登录：在身份认证页面选择一人，例如：');
    lines.push(...table(workers.map((worker) => [worker.name, worker.idNumber, worker.situation ?? ''])));
  }
  lines.push('', '按 Ctrl-C 停止。数据保存在 .data 文件夹，再次启动时仍在。', '');
  return lines.join('\n');
}

function onePerRole<T extends { roleText: string }>(people: readonly T[]): T[] {
  return people.filter((person, n) => people.findIndex((other) => other.roleText === person.roleText) === n);
}

/** Columns of text in which a Chinese character is two cells wide. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell) + 3)).join('')}`.trimEnd(),
  );
}
