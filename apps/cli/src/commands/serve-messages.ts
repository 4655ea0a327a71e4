import type { Language } from '../language.ts'

/** What `zhidu serve` says while it starts and stops. */
export interface ServeMessages {
  readonly elsewhere: (path: string) => string
  readonly migrated: string
  readonly seeding: (done: number, total: number) => string
  readonly seeded: string
  readonly ready: (url: string) => string
  readonly readyNote: string
  readonly empty: string
  /** No account yet. */
  readonly noAccount: string
  readonly demonstrationAccounts: string
  readonly demonstrationAccount: (role: string, loginName: string, password: string, unit: string) => string
  readonly noCheckpoint: (detail: string) => string
  readonly stopping: string
  readonly stopped: string
  readonly readyNoteExposed: string
  readonly badSettings: (count: number) => string
  readonly demonstrationExposed: string
  readonly noDashboard: string
  readonly portTaken: (address: string) => string
  readonly portForbidden: (address: string) => string
  readonly alreadyServing: (pid: number, address: string, host: string, since: string) => string
  readonly lockLost: (pid: number, address: string) => string
}

export const SERVE_MESSAGES: Readonly<Record<Language, ServeMessages>> = {
  'zh-CN': {
    elsewhere: (path) => `数据在 ${path}（以 root 启动，PostgreSQL 不能进入默认目录）`,
    migrated: '数据库结构已更新',
    seeding: (done, total) => `正在写入演示数据，第 ${done} 步共 ${total} 步`,
    seeded:
      '已装入演示城市“岭安市”，数据纯属虚构；在本机运行 npx zhidu import units 文件 导入本单位后，连同演示账号一起清除。不要演示数据：npm start -- --empty',
    ready: (url) => `值督已启动：${url}`,
    readyNote: '只接受本机访问；按 Ctrl+C 停止。',
    empty: '还没有数据。打开“数据导入”，先导入单位表。',
    noAccount: '还没有任何账号。建第一个：npx zhidu user add 用户名 --name 姓名 --role system_admin',
    demonstrationAccounts: '演示账号（角色 用户名 口令 单位），只在本机可用：',
    demonstrationAccount: (role, loginName, password, unit) => `演示账号 ${role} ${loginName} ${password} ${unit}`,
    noCheckpoint: (detail) => `没能签发审计检查点：${detail}。请尽快核对审计记录：npx zhidu audit verify`,
    stopping: '正在停止，等待进行中的请求',
    stopped: '已停止，数据已保存。',
    readyNoteExposed: '别的机器可以访问；按 Ctrl+C 停止。',
    badSettings: (count) => `没有启动，${count} 项设置有问题：`,
    demonstrationExposed:
      '没有启动：这份数据是演示城市，带有公开的演示账号，只能在本机看。请只监听本机，或换一个数据目录（ZHIDU_DATA）。',
    noDashboard: '网页还没有生成。先运行 npm run setup，或直接 npm start。',
    portTaken: (address) => `端口 ${address} 已被别的程序占用。换一个：PORT=3001 npm start`,
    portForbidden: (address) => `没有权限监听 ${address}。换一个 1024 以上的端口，例如 PORT=3000。`,
    alreadyServing: (pid, address, host, since) =>
      `这份数据已有值督在运行：进程 ${pid}，地址 ${address}${host}，${since} 启动。请用那一个，或先停止它。`,
    lockLost: (pid, address) => `数据库重连后发现进程 ${pid}（${address}）已接管这份数据，本进程停止。`,
  },
  en: {
    elsewhere: (path) => `The data are in ${path} (started by root, PostgreSQL cannot enter the default folder)`,
    migrated: 'The database schema was updated',
    seeding: (done, total) => `Writing demonstration data, step ${done} of ${total}`,
    seeded:
      'The demonstration city 岭安市 is loaded; every figure of it is invented. It goes, with its accounts, when you run npx zhidu import units FILE on this machine. Without it: npm start -- --empty',
    ready: (url) => `Zhidu is running: ${url}`,
    readyNote: 'Only this machine can reach it. Ctrl+C stops it.',
    empty: 'There are no data yet. Open Import and begin with the units file.',
    noAccount: 'There is no account yet. The first one: npx zhidu user add LOGIN --name NAME --role system_admin',
    demonstrationAccounts: 'Demonstration accounts (role, user name, password, unit), for this machine alone:',
    demonstrationAccount: (role, loginName, password, unit) =>
      `demonstration account ${role} ${loginName} ${password} ${unit}`,
    noCheckpoint: (detail) =>
      `No audit checkpoint could be signed: ${detail}. Verify the trail soon: npx zhidu audit verify`,
    stopping: 'Stopping, waiting for running requests',
    stopped: 'Stopped; the data are safe.',
    readyNoteExposed: 'Other machines can reach it. Ctrl+C stops it.',
    badSettings: (count) => `Not started; settings to put right: ${count}`,
    demonstrationExposed:
      'Not started: these data are the demonstration city, with accounts that everybody knows, for this machine alone. Listen on this machine only, or take another folder (ZHIDU_DATA).',
    noDashboard: 'The dashboard is not built yet. Run npm run setup first, or npm start.',
    portTaken: (address) => `${address} is in use by another program. Take another: PORT=3001 npm start`,
    portForbidden: (address) => `No permission to listen on ${address}. Take a port above 1023, such as PORT=3000.`,
    alreadyServing: (pid, address, host, since) =>
      `Zhidu already runs on these data: process ${pid} at ${address}${host}, since ${since}. Use that one, or stop it first.`,
    lockLost: (pid, address) =>
      `After the database came back, process ${pid} (${address}) had taken over these data; stopping.`,
  },
}
