import type { ImportResult } from '@zhidu/contract'
import { KIND_SHEETS } from '@zhidu/contract'
import type { ImportProgress, SpooledIssue } from '@zhidu/services'
import type { Language } from '../language.ts'

/** One line on what the import came to. */
export function summaryOf(result: ImportResult, status: 'done' | 'refused' | 'tried', language: Language): string {
  const { created, kind, rejected, rows, unchanged, updated } = result
  const name = KIND_SHEETS[kind].name[language]
  if (language === 'en') {
    const counts = `${rows} rows: ${created} new, ${updated} changed, ${unchanged} unchanged, ${rejected} refused`
    if (status === 'tried') return `${name}, tried only, nothing written. ${counts}.`
    if (status === 'done') return `${name} imported. ${counts}.`
    return `${name} not imported, nothing was changed.${rows === 0 ? '' : ` ${rows} rows, ${rejected} refused.`}`
  }
  const counts = `共 ${rows} 行：新增 ${created}，更新 ${updated}，无变化 ${unchanged}，有误 ${rejected}`
  if (status === 'tried') return `${name}：只试读，没有写入。${counts}。`
  if (status === 'done') return `${name}：已导入。${counts}。`
  return `${name}：没有导入，已有数据不变。${rows === 0 ? '' : `共 ${rows} 行，有误 ${rejected} 行。`}`
}

/** Where an issue is, in front of its words. */
export function placeOf(issue: SpooledIssue, language: Language): string {
  if (issue.row === 0) return language === 'en' ? 'File' : '文件'
  if (issue.row === 1) return language === 'en' ? 'Header' : '表头'
  return language === 'en' ? `Row ${issue.row}` : `第 ${issue.row} 行`
}

export function progressLine(progress: ImportProgress, language: Language): string {
  const { bytesRead, bytesTotal, done, phase, rowsRead, total } = progress
  const percent = bytesTotal === 0 ? '' : ` ${Math.min(100, Math.floor((bytesRead / bytesTotal) * 100))}%`
  const share = done === undefined || total === undefined ? '' : ` ${done}/${total}`
  const isEnglish = language === 'en'
  switch (phase) {
    case 'reading':
      return isEnglish ? `Reading${percent}, ${rowsRead} rows` : `正在读取${percent}，${rowsRead} 行`
    case 'waiting':
      return isEnglish ? 'Waiting for another import to finish' : '正在等另一个导入完成'
    case 'checking':
      return isEnglish ? `Checking ${rowsRead} rows` : `正在核对 ${rowsRead} 行`
    case 'writing':
      return isEnglish ? `Writing, results of units${share}` : `正在写入，更新单位结果${share}`
  }
}

export const IMPORT_WORDS = {
  'zh-CN': {
    warning: '提示',
    more: (count: number) => `另有 ${count} 处未列出；加 --json 可得到全部。`,
    howToGoOn: '改正后重新导入；或加 --accept-valid 只导入无误的行，加 --errors 文件.xlsx 取出有误的行。',
    howToGoOnFile: '改正后重新导入。',
    refusedWritten: (path: string) => `有误的行已写入 ${path}，最后一列是原因；改好后可直接导入。`,
    refusedNone: (path: string) => `没有可取出的有误行，未写 ${path}。`,
    left: (count: number) => `另有 ${count} 行有误，没有导入。`,
    exported: (path: string) => `已导出 ${path}`,
    templateWritten: (path: string) => `模板已写入 ${path}`,
  },
  en: {
    warning: 'Note',
    more: (count: number) => `${count} more are not listed; --json gives all.`,
    howToGoOn:
      'Correct the file and import again; or take the valid rows with --accept-valid, and the refused ones with --errors FILE.xlsx.',
    howToGoOnFile: 'Correct the file and import again.',
    refusedWritten: (path: string) =>
      `The refused rows are in ${path} with the reason in the last column; corrected, import it as it is.`,
    refusedNone: (path: string) => `There are no refused rows to take out; ${path} was not written.`,
    left: (count: number) => `${count} rows were refused and left out.`,
    exported: (path: string) => `Exported ${path}`,
    templateWritten: (path: string) => `The template is in ${path}`,
  },
} as const
