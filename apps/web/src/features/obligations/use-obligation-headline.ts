import type { ObligationList } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

type Totals = ObligationList['totals']

/** What the list comes to, in a sentence: what asks for something is said, what is nothing is not. */
export function useObligationHeadline() {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function parts(totals: Totals): string[] {
    const named = [
      ['late', totals.late],
      ['missing', totals.missing],
      ['notYetDue', totals.notYetDue],
    ] as const
    return named.flatMap(([key, n]) => (n === 0 ? [] : [t(`obligations.headline.${key}`, { n: f.count(n) })]))
  }

  return (list: ObligationList, isFiltered: boolean): string => {
    const { totals, total } = list
    if (isFiltered) return t('obligations.headline.filtered', { n: f.count(total) })
    if (totals.owed === 0) return t('obligations.headline.none')
    const rest = parts(totals)
    const n = f.count(totals.owed)
    if (rest.length === 0) return t('obligations.headline.allOnTime', { n })
    return t('obligations.headline.all', { n, rest: rest.join(t('words.comma')) })
  }
}
