import type { Language } from './kinds-words.ts'

/** What the inspectors' list says of a check after closing; `checkCode`: of the check in which it was found. */
export function describeRecheck(checkCode: string, language: Language): string {
  return language === 'zh-CN' ? `回头看（${checkCode}）` : `Recheck of ${checkCode}`
}
