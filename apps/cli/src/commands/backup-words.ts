import type { BackupResult, RestoreResult, RestoreStep } from '@zhidu/services'
import type { Language } from '../language.ts'

type Words = Readonly<Record<Language, string>>

/** Refusals of backup and restore, by their reason. */
export const BACKUP_REFUSALS: Readonly<Record<string, Words>> = {
  backup_not_whole: {
    'zh-CN': '没有备份：当前数据库用户看不到表 {table} 的全部行。请用数据的所有者连接（DATABASE_URL）。',
    en: 'Not backed up: this user does not see every row of table {table}. Connect as the owner of the data (DATABASE_URL).',
  },
  backup_foreign: {
    'zh-CN': '{path} 不是值督的备份文件。没有改动任何数据。',
    en: '{path} is no backup of Zhidu. Nothing was changed.',
  },
  backup_damaged: {
    'zh-CN': '备份文件 {path} 不完整或被改动过，不能使用。没有改动任何数据；请换另一份备份。',
    en: 'The backup {path} is cut or was changed and cannot be used. Nothing was changed; take another one.',
  },
  backup_format_newer: {
    'zh-CN': '备份文件 {path} 的格式（{format}）比本程序的新。没有改动任何数据；请更新程序。',
    en: 'The backup {path} has a format ({format}) newer than this program. Nothing was changed; update the program.',
  },
  backup_newer: {
    'zh-CN':
      '备份文件 {path} 由更新版本的程序（{program}）写出，含本程序没有的数据库结构 {migration}。没有改动任何数据；请更新程序。',
    en: 'The backup {path} was written by a newer program ({program}) with the schema {migration}, which this one does not know. Nothing was changed; update the program.',
  },
  backup_sealed: {
    'zh-CN': '备份文件 {path} 已加密。请用 --key-file 指定备份时的密钥文件。没有改动任何数据。',
    en: 'The backup {path} is encrypted. Name the key file it was made with by --key-file. Nothing was changed.',
  },
  backup_not_sealed: {
    'zh-CN':
      '备份文件 {path} 没有加密，却指定了 --key-file：它可能不是您要的那一份。确认无误后去掉 --key-file。没有改动任何数据。',
    en: 'The backup {path} is not encrypted, though --key-file was given: it may not be the one you mean. Leave --key-file out if it is. Nothing was changed.',
  },
  backup_other_key: {
    'zh-CN': '--key-file 的密钥打不开备份文件 {path}：它是用另一把密钥加密的。没有改动任何数据。',
    en: 'The key in --key-file does not open the backup {path}: it was encrypted with another one. Nothing was changed.',
  },
  backup_other_shape: {
    'zh-CN': '备份文件 {path} 中表 {table} 的结构与本程序的不同，不能恢复。没有改动任何数据。',
    en: 'Table {table} in the backup {path} is not built as in this program. Nothing was changed.',
  },
  restore_not_empty: {
    'zh-CN': '这里已有数据（{tables}）。恢复会取代全部现有数据：请先备份，再加 --replace。没有改动任何数据。',
    en: 'There are data here ({tables}). A restore takes the place of all of them: make a backup first, then add --replace. Nothing was changed.',
  },
  restore_busy: {
    'zh-CN': '别的程序正在使用这份数据，等了 5 秒仍未让出。请停止它们再恢复。没有改动任何数据。',
    en: 'Another program uses these data and did not let go of them in 5 seconds. Stop it first. Nothing was changed.',
  },
  restore_depended_on: {
    'zh-CN': '数据库里有不属于值督的对象依赖这些表（{detail}），请先删除它们。没有改动任何数据。',
    en: 'Something in the database that is not Zhidu’s depends on its tables ({detail}); remove it first. Nothing was changed.',
  },
  restore_differs: {
    'zh-CN': '恢复后表 {table} 与备份文件 {path} 不一致，已撤销。没有改动任何数据。',
    en: 'Table {table} came out other than in the backup {path}; everything was undone. Nothing was changed.',
  },
}

interface BackupWords {
  readonly table: (name: string, rowCount: number) => string
  readonly step: (step: RestoreStep, percent: number) => string
  readonly saved: (file: string, result: BackupResult) => string
  readonly restored: (file: string, result: RestoreResult) => string
  readonly leftOut: (tables: readonly string[]) => string
  readonly serving: (pid: number, address: string, host: string) => string
  readonly notSealed: string
}

function countRows({ tables }: { readonly tables: readonly { readonly rowCount: number }[] }): number {
  return tables.reduce((sum, { rowCount }) => sum + rowCount, 0)
}

export const BACKUP_WORDS: Readonly<Record<Language, BackupWords>> = {
  'zh-CN': {
    table: (name, rowCount) => `正在备份 ${name}：${rowCount.toLocaleString('zh-CN')} 行`,
    step: (step, percent) =>
      `${{ check: '正在核对备份文件', copy: '正在写入', compare: '正在与备份核对' }[step]}：${percent}%`,
    saved: (file, result) =>
      `已备份到 ${file}：${result.tables.length} 张表，${countRows(result).toLocaleString('zh-CN')} 行，${result.bytes.toLocaleString('zh-CN')} 字节，SHA-256 ${result.sha256}。`,
    restored: (file, result) =>
      `已从 ${file} 恢复到 ${result.snapshotAt} 的数据：${result.tables.length} 张表，${countRows(result).toLocaleString('zh-CN')} 行，逐表核对一致。所有人都要重新登录。`,
    leftOut: (tables) => `备份里有不属于值督的表，没有恢复：${tables.join('、')}。`,
    serving: (pid, address, host) =>
      `值督正在这份数据上运行（进程 ${pid}，地址 ${address}${host}）。请先停止它再恢复。没有改动任何数据。`,
    notSealed: '备份没有加密：拿到文件的人能读到全部数据。可用 --key-file 加密。',
  },
  en: {
    table: (name, rowCount) => `Backing up ${name}: ${rowCount.toLocaleString('en')} rows`,
    step: (step, percent) =>
      `${{ check: 'Checking the backup', copy: 'Writing', compare: 'Comparing with the backup' }[step]}: ${percent}%`,
    saved: (file, result) =>
      `Backed up to ${file}: ${result.tables.length} tables, ${countRows(result).toLocaleString('en')} rows, ${result.bytes.toLocaleString('en')} bytes, SHA-256 ${result.sha256}.`,
    restored: (file, result) =>
      `Restored from ${file}, as of ${result.snapshotAt}: ${result.tables.length} tables, ${countRows(result).toLocaleString('en')} rows, each table compared and equal. Everybody has to sign in anew.`,
    leftOut: (tables) => `The backup has tables that are not Zhidu’s; they were left out: ${tables.join(', ')}.`,
    serving: (pid, address, host) =>
      `Zhidu runs on these data (process ${pid} at ${address}${host}). Stop it before restoring. Nothing was changed.`,
    notSealed: 'The backup is not encrypted: whoever has the file can read all data. --key-file encrypts it.',
  },
}
