import { type Agreement, agreementOf, type AgreementCounts } from '@zhidu/statistics'

const LEVEL = 0.95
/** AC1 from which two checks are said to agree: “substantial” by the usual reading. Source: J. R. Landis, G. G. Koch (1977). */
export const AGREEMENT_THRESHOLD = 0.6
/** Fewer pairs say nothing. */
export const FEW_PAIRS = 5

/** `few`: fewer than five pairs; `unclear`: the range holds the threshold. */
export const AGREEMENT_WORDS = ['agrees', 'unclear', 'disagrees', 'few'] as const
export type AgreementWord = (typeof AGREEMENT_WORDS)[number]

export interface JudgedAgreement extends Agreement {
  readonly counts: AgreementCounts
  readonly word: AgreementWord
}

export const NO_PAIRS: AgreementCounts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }

/** One more pair. */
export function addPair(counts: AgreementCounts, first: boolean, second: boolean): AgreementCounts {
  const key = first ? (second ? 'bothYes' : 'firstOnly') : second ? 'secondOnly' : 'bothNo'
  return { ...counts, [key]: counts[key] + 1 }
}

/**
 * Agreement with a word bound to the range of AC1. Where all agree the delta method has no width: the range is the wider of it and
 * of the share's Wilson interval at the same agreement by chance. Card: docs/indicators/inspection-agreement.md
 */
export function judgeAgreement(counts: AgreementCounts): JudgedAgreement {
  const found = agreementOf(counts, LEVEL)
  const { ac1, ac1Range, pairs, range } = found
  if (ac1 === null || ac1Range === null) return { ...found, counts, word: 'few' }
  const yes = (2 * counts.bothYes + counts.firstOnly + counts.secondOnly) / (2 * pairs)
  const chance = 2 * yes * (1 - yes)
  const through = (share: number) => (share - chance) / (1 - chance)
  const low = Math.max(-1, Math.min(ac1Range.low, through(range.low)))
  const high = Math.min(1, Math.max(ac1Range.high, through(range.high)))
  const word = low >= AGREEMENT_THRESHOLD ? 'agrees' : high < AGREEMENT_THRESHOLD ? 'disagrees' : 'unclear'
  return { ...found, ac1Range: { low, high }, counts, word: pairs < FEW_PAIRS ? 'few' : word }
}
