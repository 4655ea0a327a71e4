import type { Language } from '../language.ts'

type Words = Readonly<Record<Language, string>>

/** Refusals of bulletins, by their reason. */
export const BULLETIN_REFUSALS: Readonly<Record<string, Words>> = {
  bulletin_without_units: {
    'zh-CN': '{quarter} 没有可通报的下级单位。没有写入文件。',
    en: 'No unit below is in the tables of {quarter}. No file was written.',
  },
}

interface Written {
  readonly quarter: string
  readonly version: number
  readonly isWritten: boolean
  readonly files: readonly string[]
}

export const BULLETIN_WORDS: Readonly<Record<Language, (folder: string, written: Written) => string>> = {
  'zh-CN': (folder, { files, isWritten, quarter, version }) =>
    `已把 ${quarter} 第 ${version} 版的通报${isWritten ? '' : '草稿'}写入 ${folder}，共 ${files.length} 个文件：\n${files.join('\n')}`,
  en: (folder, { files, isWritten, quarter, version }) =>
    `Wrote the ${isWritten ? 'bulletin' : 'draft of the bulletin'} of version ${version} of ${quarter} to ${folder}, ${files.length} files:\n${files.join('\n')}`,
}
