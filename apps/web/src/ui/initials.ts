import { pinyin } from 'pinyin-pro'

/** First letters of the pinyin, lower case; other characters stay. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
}
