import type { Indicator, PairCertainty, PairComparison } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

interface Names {
  readonly first: string
  readonly second: string
}

/** 81%, never 0 or 100 of what is not certain: below 1% and above 99% are said as such. */
export function chanceText(probability: number): string {
  const percent = Math.round(probability * 100)
  return percent >= 100 ? '>99%' : percent <= 0 ? '<1%' : `${percent}%`
}

/** A comparison of two units in one sentence, the better one first. */
export function useCompareWords() {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function sentence(indicator: Indicator, pair: PairComparison, names: Names): string {
    const name = t(`indicators.name.${indicator}`)
    const { certainty, difference, probability } = pair
    if (difference === null || probability === null || certainty === null) {
      const without = [
        ...(pair.first.whole === 0 ? [names.first] : []),
        ...(pair.second.whole === 0 ? [names.second] : []),
      ]
      return t('indicators.compare.none', { name, units: f.list(without) })
    }
    const significance = t(`indicators.compare.${difference.isSignificant ? 'significant' : 'notSignificant'}`)
    if (certainty === 'unclear' && difference.value === 0) {
      return `${t('indicators.compare.sentence.same', { name })}${significance}`
    }
    const isFirst = probability >= 0.5
    const params = {
      name,
      better: isFirst ? names.first : names.second,
      worse: isFirst ? names.second : names.first,
      chance: chanceText(isFirst ? probability : 1 - probability),
    }
    return `${t(`indicators.compare.sentence.${certainty}`, params)}${significance}`
  }

  /** +12.3 点, 区间 −4.0 至 +28.1 */
  function difference(pair: PairComparison): string {
    const found = pair.difference
    if (found === null) return '—'
    return t('indicators.compare.difference', {
      value: f.percentPoints(found.value * 100),
      low: f.signed(Math.round(found.low * 1000) / 10),
      high: f.signed(Math.round(found.high * 1000) / 10),
    })
  }

  /** How many indicators can be told apart how surely, without what is none. */
  function summary(certainties: readonly (PairCertainty | 'none')[]): string {
    const kinds = (['certain', 'likely', 'unclear', 'none'] as const).filter((kind) => certainties.includes(kind))
    const shape = kinds.length === 1 ? 'all' : 'some'
    return f.list(
      kinds.map((kind) =>
        t(`indicators.compare.${shape}.${kind}`, { n: certainties.filter((one) => one === kind).length }),
      ),
    )
  }

  return { sentence, difference, summary }
}
