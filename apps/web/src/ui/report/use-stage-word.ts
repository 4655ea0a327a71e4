import type { Stage } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'

const TEN = 10
const MOST = 99

/** A number as papers of the language count follow-ups; `digits`: one to ten in its own signs, '' = as figures. */
export function toNumeral(number: number, digits: string): string {
  const signs = Array.from(digits)
  if (signs.length < TEN || number < 1 || number > MOST) return String(number)
  const [tens, ones] = [Math.floor(number / TEN), number % TEN]
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (signs[tens - 1] ?? '')}${signs[TEN - 1] ?? ''}`
  return `${head}${ones === 0 ? '' : (signs[ones - 1] ?? '')}`
}

/** Which report of an event, as papers name it. */
export function useStageWord() {
  const { t } = useI18n({ useScope: 'global' })
  return ({ sequence, stage }: { readonly stage: Stage; readonly sequence: number }): string =>
    stage === 'follow_up'
      ? t('reportSheet.followUp', { n: toNumeral(sequence, t('reportSheet.digits')) })
      : t(`words.stage.${stage}`)
}
