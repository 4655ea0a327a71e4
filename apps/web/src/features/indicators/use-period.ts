import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

/** 2026年第三季度, 2026年7月 from `2026Q3`, `2026-07`. */
export function usePeriod() {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function full(period: string): string {
    const [year = '', month] = period.split('-')
    return month === undefined
      ? f.quarter(period)
      : t('indicators.trend.month', { year, month: t(`indicators.trend.monthName.${Number(month)}`) })
  }

  /** Under an axis: the year only where one begins. */
  function short(period: string, isFirst: boolean): { readonly text: string; readonly year: string } {
    const year = period.slice(0, 4)
    const month = period.split('-')[1]
    const text = month === undefined ? t(`indicators.trend.short.${period.slice(5)}`) : String(Number(month))
    const isYear = isFirst || period.endsWith('Q1') || period.endsWith('-01')
    return { text, year: isYear ? year : '' }
  }

  return { full, short }
}
