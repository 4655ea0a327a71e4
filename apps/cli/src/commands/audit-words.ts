import type { AuditLogReport, BadKind, FirstBad } from '@zhidu/audit'
import type { Language } from '../language.ts'

type Words = Readonly<Record<Language, string>>

/** Refusals of checkpoints and of the key that signs them, by their reason. */
export const AUDIT_REFUSALS: Readonly<Record<string, Words>> = {
  audit_chain_broken: {
    'zh-CN': '审计记录从第 {seq} 条起与当时写入的不符，未作签名。请保留现场，导出后用保存在外的检查点核验。',
    en: 'From entry {seq} on the audit trail is not what was written; nothing was signed. Leave everything as it is, export the trail and verify it against checkpoints kept elsewhere.',
  },
  audit_inconsistent: {
    'zh-CN': '审计记录与已签名的检查点（前 {size} 条）不符，未作签名。请保留现场，导出后用保存在外的检查点核验。',
    en: 'The audit trail is not what the checkpoint of its first {size} entries says; nothing was signed. Leave everything as it is, export the trail and verify it against checkpoints kept elsewhere.',
  },
  audit_checkpoint_unreadable: {
    'zh-CN': '数据库中第 {size} 条处的检查点被改动过，未作签名。请保留现场，用保存在外的检查点核验。',
    en: 'The checkpoint of {size} entries in the database was changed; nothing was signed. Leave everything as it is and verify against checkpoints kept elsewhere.',
  },
  audit_checkpoints_ahead: {
    'zh-CN':
      '{path} 里的检查点比数据库里的多：数据可能恢复自较早的备份，或被人截短。未作签名。查明原因后，把该文件另存保留，再重新运行。',
    en: '{path} has checkpoints that the database lacks: the data come from an earlier backup, or were cut. Nothing was signed. When you know why, move the file away, keep it, and run this again.',
  },
  audit_checkpoints_differ: {
    'zh-CN': '{path} 里的检查点与数据库里的不同，未作签名。请两份都保留，用导出的记录分别核验。',
    en: 'The checkpoints in {path} are not those of the database; nothing was signed. Keep both and verify an export against each.',
  },
  audit_key_open: {
    'zh-CN': '签名私钥 {path} 可被其他用户读取，未使用。请查明是否泄露；没有泄露就把权限改为 600。',
    en: 'The signing key {path} may be read by other users and was not used. Find out whether it leaked; if not, set its mode to 600.',
  },
  audit_key_unreadable: {
    'zh-CN': '{path} 不是可用的审计密钥文件。',
    en: '{path} holds no usable audit key.',
  },
}

const KINDS: Readonly<Record<Language, Readonly<Record<BadKind, string>>>> = {
  'zh-CN': {
    malformed: '第 {seq} 条的格式不是导出时的格式（第 0 条指文件首行）。',
    edited: '第 {seq} 条被修改过：内容、链接或编号与哈希值不符。',
    missing: '第 {seq} 条被删除：其后还有记录。',
    inserted: '第 {seq} 条处插入了多余的记录。',
    reordered: '第 {seq} 条不在原位，被移到了后面。',
    unlinked: '第 {seq} 条接不上前一条：这一条，或最近一个相符的检查点（前 {proven} 条）之后的记录被替换过。',
    rewritten: '哈希链完整，但与保存的检查点不符：从第 {seq} 条起、到该检查点为止的记录被改写过。',
    truncated: '记录到第 {last} 条为止，检查点证明还有第 {seq} 条：尾部被截掉了。',
    signature_bad: '前 {seq} 条的检查点没有可信密钥的有效签名。',
    checkpoint_malformed: '检查点文件中第 {seq} 份不是检查点。',
    foreign: '前 {seq} 条的检查点属于另一份审计记录。',
  },
  en: {
    malformed: 'Entry {seq} is not spelled as an export spells it (0 = the first line of the file).',
    edited: 'Entry {seq} was changed: its text, link or number is not what was hashed.',
    missing: 'Entry {seq} was deleted: later ones are there.',
    inserted: 'An entry too many stands at {seq}.',
    reordered: 'Entry {seq} was moved: it stands further down.',
    unlinked:
      'Entry {seq} does not follow the one before it: it was exchanged, or entries after the last fitting checkpoint ({proven}) were.',
    rewritten:
      'The chain is whole but a kept checkpoint does not fit: entries from {seq} up to that checkpoint were rewritten.',
    truncated: 'The log ends at {last}, and a checkpoint knows of entry {seq}: its end was cut off.',
    signature_bad: 'The checkpoint of {seq} entries is not signed by a trusted key.',
    checkpoint_malformed: 'Note {seq} of the checkpoints is no checkpoint.',
    foreign: 'The checkpoint of {seq} entries is another log’s.',
  },
}

/** The first bad entry by name, and how far the log is vouched for. */
export function firstBadWords(report: AuditLogReport, bad: FirstBad): Words {
  const params: Readonly<Record<string, string>> = {
    seq: String(bad.seq),
    proven: String(report.provenThrough),
    last: String(report.entries),
  }
  const fill = (language: Language): string =>
    KINDS[language][bad.kind].replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')
  return {
    'zh-CN': `审计记录不完整。${fill('zh-CN')}检查点证明前 ${report.provenThrough} 条未变。`,
    en: `The audit log is not whole. ${fill('en')} Checkpoints vouch for the first ${report.provenThrough} entries.`,
  }
}

interface AuditWords {
  readonly whole: (report: AuditLogReport) => string
  readonly unproven: (count: number) => string
  readonly exported: (file: string, entries: number) => string
  readonly checkpoint: (size: number, isNew: boolean, path: string) => string
}

export const AUDIT_WORDS: Readonly<Record<Language, AuditWords>> = {
  'zh-CN': {
    whole: ({ checkpoints, entries, root }) =>
      `审计记录完整：共 ${entries} 条，${checkpoints} 个检查点相符，根哈希 ${root}。`,
    unproven: (count) => `最后 ${count} 条没有检查点作证：如果从那里起整段改写或截掉，单凭这份文件看不出来。`,
    exported: (file, entries) => `已把 ${entries} 条审计记录导出到 ${file}。`,
    checkpoint: (size, isNew, path) =>
      isNew
        ? `已对前 ${size} 条审计记录签名，检查点保存在数据库和 ${path}。`
        : `上次签名（前 ${size} 条）以来没有新的审计记录。`,
  },
  en: {
    whole: ({ checkpoints, entries, root }) =>
      `The audit log is whole: ${entries} entries, ${checkpoints} checkpoints fit, root ${root}.`,
    unproven: (count) =>
      `No checkpoint vouches for the last ${count} entries: were they rewritten or cut off from some point on, this file alone would not tell.`,
    exported: (file, entries) => `Wrote ${entries} audit entries to ${file}.`,
    checkpoint: (size, isNew, path) =>
      isNew
        ? `Signed the first ${size} audit entries; the checkpoint is in the database and in ${path}.`
        : `No audit entry came since the last checkpoint (${size} entries).`,
  },
}
