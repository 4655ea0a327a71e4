import type { Stage } from '@zhidu/domain'
import { writeChineseNumber } from './bulletin-words.ts'

/** 首报, 续报一, 续报二 … , 终报. */
export function toStageWord({ sequence, stage }: { readonly stage: Stage; readonly sequence: number }): string {
  if (stage === 'first') return '首报'
  return stage === 'final' ? '终报' : `续报${writeChineseNumber(sequence)}`
}
