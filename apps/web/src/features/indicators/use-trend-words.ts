import type { TrendPhase } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { type DrawnPoint, isLow, listSignals } from './trend-view.ts'
import { usePeriod } from './use-period.ts'

interface TrendWordsInput {
  readonly points: readonly DrawnPoint[]
  readonly phases: readonly TrendPhase[]
  readonly name: string
}

/** A series in words: one sentence, each signal, and by which limits it was looked at. */
export function useTrendWords() {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()
  const period = usePeriod()

  function headlineOf({ name, points }: TrendWordsInput): string {
    const measured = points.filter(({ row }) => row.share !== null)
    if (measured.length === 0) return t('indicators.trend.nothing', { name })
    if (measured.length === 1) return t('indicators.trend.onePoint', { name })
    const signals = listSignals(points)
    const last = signals.at(-1)
    if (last === undefined) return t('indicators.trend.steady', { n: measured.length, name })
    const params = { n: measured.length, name, signals: signals.length, period: period.full(last.period) }
    return t(isLow(last.row.signal) ? 'indicators.trend.lastLow' : 'indicators.trend.lastHigh', params)
  }

  function notesOf({ phases, points }: TrendWordsInput): string[] {
    const last = phases.at(-1)
    if (last === undefined) return []
    const breaks = points.filter(({ cause }) => cause !== null)
    return [
      t(`indicators.trend.basis.${last.basis}`),
      ...(last.isTrial ? [t('indicators.trend.trial', { n: last.measuredCount })] : []),
      ...(last.hasRun ? [t('indicators.trend.run')] : []),
      ...breaks.map(({ cause, period: at }) =>
        t('indicators.trend.broken', { period: period.full(at), cause: t(`indicators.trend.cause.${cause}`) }),
      ),
      ...(points.some(({ groupShare }) => groupShare === null) ? [t('indicators.trend.groupHidden')] : []),
    ]
  }

  return (input: TrendWordsInput) => ({
    headline: headlineOf(input),
    notes: notesOf(input),
    signals: listSignals(input.points).map(({ counts, period: at, row }) =>
      t('indicators.trend.signalLine', {
        period: period.full(at),
        rate: f.rate(counts),
        signal: t(`indicators.signal.${row.signal}`),
        meaning: t(`indicators.meaning.${row.signal}`),
      }),
    ),
  })
}
