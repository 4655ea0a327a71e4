import type { Overview } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { buildOverviewHeadline } from './overview-view.ts'

/** The page's first sentence: plain figures of both quarters, then what is overdue. */
export function useOverviewHeadline(): (overview: Overview) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function urgentWords({ overdueCount: overdue, dueSoonCount: soon }: Overview): string {
    if (overdue === 0)
      return soon === 0 ? t('overview.headline.urgentNone') : t('overview.headline.urgentSoon', { soon })
    return soon === 0
      ? t('overview.headline.urgentOverdue', { overdue })
      : t('overview.headline.urgentBoth', { overdue, soon })
  }

  return (overview) => {
    const headline = buildOverviewHeadline(overview)
    const urgent = urgentWords(overview)
    switch (headline.kind) {
      case 'nothing_owed':
        return t('overview.headline.nothingOwed', { urgent })
      case 'all_not_due':
        return t('overview.headline.allNotDue', { n: headline.notYetDue, urgent })
      case 'first_quarter':
        return t('overview.headline.firstQuarter', {
          now: f.percent(headline.now),
          counts: f.counts(headline.now),
          urgent,
        })
      case 'compared':
        return t('overview.headline.compared', {
          now: f.percent(headline.now),
          counts: f.counts(headline.now),
          previous: f.percent(headline.previous),
          previousCounts: f.counts(headline.previous),
          urgent,
        })
    }
  }
}
