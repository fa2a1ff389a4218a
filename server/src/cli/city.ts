// yingdeng city: a synthetic city in the database, the same people for the same seed.
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { writeDemoFile } from '../city/demo.ts';
import { CityNotLoadable, type LoadProgress, loadCity } from '../city/load.ts';
import { commandEnvironment, readConfig, readDemoFile, readMigratorUrl } from '../config.ts';
import { type Command, UsageError } from './command.ts';
import { parseOptions } from './options.ts';

const help = `用法：yingdeng city --division 区划 --people 人数 --seed 种子 [--as-of 日期] [--demo] [--json]

在数据库中生成一个虚构的城市：机构、账号、人员和近四年的失业登记业务。人员、号码、地址都是虚构的，区划是真实的。
同样的参数在任何机器上生成同样的城市。可以重复运行：已经装入的不再写，上次没装完的先清理再装。

  --division  地级市的六位区划代码，如 410800（焦作市）、210300（鞍山市）；其他地级市没有街道（乡镇）机构
  --people    有登记业务的人数，1 至 3000000
  --seed      不小于 0 的整数
  --as-of     业务截至哪一天，默认 2026-11-20
  --demo      账号使用演示密码和动态口令，并写出演示名单（YINGDENG_DEMO_FILE，默认 .data/demo.json）
  --json      输出结果为 JSON
  --help      显示本说明

需要 YINGDENG_MIGRATOR_URL（数据库所有者的连接）和 YINGDENG_KEYS。正式环境不能使用。

退出码：0 正常，2 无法执行（参数不正确、该市已有其他数据、日历未维护等）`;

const DEFAULT_AS_OF = '2026-11-20';
const MOST_PEOPLE = 3_000_000;

interface Arguments {
  division: string;
  people: number;
  seed: number;
  asOf: string;
  demo: boolean;
  json: boolean;
}

function readArguments(args: string[]): Arguments {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseOptions(args, {
    division: text,
    people: text,
    seed: text,
    'as-of': text,
    demo: flag,
    json: flag,
  });
  if (positionals.length > 0) throw new UsageError(`不认识的参数：${positionals.join(' ')}`);
  const { division } = values;
  if (typeof division !== 'string' || !/^\d{6}$/.test(division))
    throw new UsageError('--division 应为地级市的六位区划代码');
  const people = wholeNumber(values.people, 1, MOST_PEOPLE, '--people');
  const seed = wholeNumber(values.seed, 0, 2 ** 32 - 1, '--seed');
  const asOf = values['as-of'] ?? DEFAULT_AS_OF;
  if (!isPlainDate(asOf)) throw new UsageError('--as-of 应为有效日期（YYYY-MM-DD）');
  return { division, people, seed, asOf, demo: values.demo === true, json: values.json === true };
}

function wholeNumber(value: unknown, least: number, most: number, name: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new UsageError(`${name} 应为 ${least} 至 ${most} 的整数`);
  return number;
}

/** 「已生成 120000/1000000 人，每秒 83000 行，还需约 3 分 20 秒」 */
function progressLine({ people, rows, seconds }: LoadProgress, all: number): string {
  const left = Math.round(((all - people) * seconds) / Math.max(people, 1));
  const remaining = left >= 60 ? `${Math.floor(left / 60)}分${left % 60}秒` : `${left}秒`;
  return `已生成 ${people}/${all} 人，每秒 ${Math.round(rows / seconds)} 行，还需约 ${remaining}`;
}

export const command: Command = {
  name: 'city',
  summary: '生成演示用的城市数据',
  help,
  async run(args, io) {
    const given = readArguments(args);
    const config = readConfig(commandEnvironment());
    if (config.mode === 'production') {
      io.err('正式环境不能装入虚构的城市。');
      return 2;
    }
    // Of the owner's connection only the loader and the migrations know; no server process is given it.
    const url = readMigratorUrl();
    const demoFile = readDemoFile();
    if (!url) {
      io.err('没有设置 YINGDENG_MIGRATOR_URL（数据库所有者的连接）。');
      return 2;
    }
    const hex = (text: string) => Buffer.from(text, 'hex');
    const { keys } = config;
    let shownAt = 0;
    try {
      const report = await loadCity({
        ...given,
        url,
        keys: {
          data: new Map(Object.entries(keys.data).map(([version, key]) => [Number(version), hex(key)])),
          current: keys.current,
          lookup: hex(keys.lookup),
          audit: hex(keys.audit),
        },
        now: config.now ? new Date(config.now) : new Date(),
        onProgress(progress) {
          if (progress.seconds - shownAt < 1) return;
          shownAt = progress.seconds;
          io.err(progressLine(progress, given.people));
        },
      });
      if (given.demo) writeDemoFile(demoFile, report);
      const { already, people, rows, offices, accounts } = report;
      const seconds = Number(report.seconds.toFixed(1));
      if (given.json) {
        io.out(
          JSON.stringify({
            division: given.division,
            seed: given.seed,
            asOf: given.asOf,
            already,
            people,
            rows,
            offices,
            accounts,
            seconds,
          }),
        );
      } else if (already) io.out(`这个城市已经装入：${people} 人，没有再写。`);
      else
        io.out(`已装入 ${people} 人、${rows} 行业务数据，${offices} 个机构，${accounts} 个账号，用时 ${seconds} 秒。`);
      return 0;
    } catch (error) {
      if (!(error instanceof CityNotLoadable)) throw error;
      io.err(error.message);
      return 2;
    }
  },
};
