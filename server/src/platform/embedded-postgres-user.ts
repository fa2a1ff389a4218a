import { spawnSync } from 'node:child_process';

/** As whom, and through which program, the embedded server runs. */
export interface RunAs {
  /** The owner its data folder must have; undefined when it runs as the present user. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Put before the program: `setpriv` with its options, or nothing. */
  readonly prefix: readonly string[];
  /** True when the kernel itself ends the server with its parent. Otherwise a small shell watches the parent. */
  readonly diesWithParent: boolean;
}

/** setpriv, id and sh come from the system alone, whatever the caller's PATH holds. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** PostgreSQL refuses root; these accounts exist on servers and own nothing else of value. */
const accounts = ['postgres', 'nobody'] as const;

/**
 * How to run a program as someone PostgreSQL accepts. `mustReach` are paths that someone must be able to enter or run.
 * Throws a message for the operator when root has no way to step down.
 */
export function chooseRunAs(mustReach: readonly string[]): RunAs {
  const setpriv = hasSetpriv();
  if (process.getuid?.() !== 0) {
    return { prefix: setpriv ? ['setpriv', '--pdeathsig', 'INT'] : [], diesWithParent: setpriv };
  }
  if (!setpriv) throw new Error(cannotStepDown('setpriv (util-linux) 不存在'));
  for (const account of accounts) {
    const owner = lookUp(account);
    if (!owner) continue;
    const who = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups'];
    const plain = ['setpriv', ...who, '--pdeathsig', 'INT'];
    if (reaches(plain, mustReach)) return { owner, prefix: plain, diesWithParent: true };
    // The project lies where this account cannot go, such as root's home: let it read and search past folder modes.
    for (const capability of ['dac_read_search', 'dac_override']) {
      const carried = ['--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`];
      const raised = ['setpriv', ...who, '--securebits=+no_setuid_fixup', ...carried, '--pdeathsig', 'INT'];
      if (reaches(raised, mustReach)) return { owner, prefix: raised, diesWithParent: true };
    }
  }
  throw new Error(cannotStepDown('postgres 和 nobody 都无法进入本目录'));
}

const env = { PATH: systemPath };

function hasSetpriv(): boolean {
  if (process.platform !== 'linux') return false;
  const help = spawnSync('setpriv', ['--help'], { encoding: 'utf8', env });
  return help.status === 0 && help.stdout.includes('--pdeathsig');
}

function lookUp(account: string): { uid: number; gid: number } | undefined {
  const id = (flag: string) => spawnSync('id', [flag, account], { encoding: 'utf8', env });
  const [user, group] = [id('-u'), id('-g')];
  if (user.status !== 0 || group.status !== 0) return undefined;
  const found = { uid: Number(user.stdout), gid: Number(group.stdout) };
  return found.uid > 0 ? found : undefined;
}

/** Tried rather than computed: access lists, mounts and security modules all have a say. */
function reaches(prefix: readonly string[], paths: readonly string[]): boolean {
  const [program, ...options] = prefix;
  const script = 'for path do test -x "$path" || exit 1; done';
  return spawnSync(program!, [...options, 'sh', '-c', script, 'sh', ...paths], { stdio: 'ignore', env }).status === 0;
}

function cannotStepDown(reason: string): string {
  return (
    `数据库不能以 root 身份运行，也无法换成其他用户（${reason}）。请换普通用户运行，或设置 DATABASE_URL。` +
    ` PostgreSQL does not run as root and no other account can be used here: start as an ordinary user or set DATABASE_URL.`
  );
}
