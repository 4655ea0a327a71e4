import { type Kind, KIND_SHEETS, KINDS } from '@zhidu/contract'
import { UsageError } from '../exit.ts'

/** A kind of file by its key or its Chinese name; throws UsageError that lists them. */
export function toKind(text: string): Kind {
  const kind = KINDS.find((candidate) => candidate === text || KIND_SHEETS[candidate].name['zh-CN'] === text)
  if (kind !== undefined) return kind
  throw new UsageError({
    'zh-CN': `没有“${text}”这种文件；可用：${KINDS.map((key) => `${key}（${KIND_SHEETS[key].name['zh-CN']}）`).join('、')}。`,
    en: `There is no kind of file “${text}”; one of ${KINDS.join(', ')}.`,
  })
}
