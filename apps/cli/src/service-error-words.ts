import type { ServiceError } from '@zhidu/services'
import { AUDIT_REFUSALS } from './commands/audit-words.ts'
import { BACKUP_REFUSALS } from './commands/backup-words.ts'
import { UNIT_REFUSALS } from './commands/unit-words.ts'
import { BULLETIN_REFUSALS } from './commands/bulletin-words.ts'
import { QUARTER_REFUSALS } from './commands/quarter-words.ts'
import { REGULATION_REFUSALS } from './commands/regulation.ts'
import { USER_REFUSALS } from './commands/user-words.ts'
import type { Language } from './language.ts'

const WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ...AUDIT_REFUSALS,
  ...BACKUP_REFUSALS,
  ...QUARTER_REFUSALS,
  ...BULLETIN_REFUSALS,
  ...REGULATION_REFUSALS,
  ...USER_REFUSALS,
  ...UNIT_REFUSALS,
  group_unknown: {
    'zh-CN': '{quarter} 没有考核分组“{group}”的单位。分组名要与单位表里的一致。',
    en: 'No unit of peer group “{group}” in {quarter}. The name must be the one in the units file.',
  },
}

/** A refusal of the services in the user's language. */
export function serviceErrorWords(error: ServiceError, language: Language): string {
  const template = WORDS[error.reason]?.[language] ?? (language === 'en' ? 'Refused: {reason}' : '被拒绝：{reason}')
  const params: Readonly<Record<string, string>> = { reason: error.reason, ...error.params }
  return template.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')
}
