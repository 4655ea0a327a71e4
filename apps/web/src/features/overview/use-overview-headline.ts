import type { Overview } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useMeta } from '../../app/api/use-meta.ts'
import { useFormat } from '../../ui/use-format.ts'
import { buildOverviewHeadline, findOwnStanding } from './overview-view.ts'

/** The page's first sentence: plain figures of both quarters, then what is overdue. */
export function useOverviewHeadline(): (overview: Overview) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()
  const meta = useMeta()

  function urgentWords({ overdueCount: overdue, dueSoonCount: soon }: Overview): string {
    if (overdue === 0)
      return soon === 0 ? t('overview.headline.urgentNone') : t('overview.headline.urgentSoon', { soon })
    return soon === 0
      ? t('overview.headline.urgentOverdue', { overdue })
      : t('overview.headline.urgentBoth', { overdue, soon })
  }

  /** In the first person of the unit that reads; empty for whoever reaches whole groups. */
  function ownWords(overview: Overview): string {
    const own = findOwnStanding(overview, meta.data.value?.installation?.unitCode ?? null)
    if (own === null) return ''
    const { unit } = own
    const key = unit === null || unit.rank === null ? 'notMeasured' : unit.tied ? 'tied' : 'ranked'
    const words = {
      group: own.group,
      n: own.unitCount,
      rank: unit?.rank ?? 0,
      score: unit?.score == null ? '' : f.score(unit.score),
    }
    const place = t(`overview.headline.own.${key}`, words)
    return own.reachCount === 1 ? place : t('overview.headline.own.withOthers', { place, n: own.reachCount })
  }

  function restOf(overview: Overview): string {
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

  return (overview) => t('overview.headline.joined', { own: ownWords(overview), rest: restOf(overview) }).trimStart()
}
