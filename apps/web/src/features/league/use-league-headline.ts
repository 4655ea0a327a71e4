import type { LeagueTable } from '@zhidu/contract'
import type { Ratio } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { buildLeagueHeadline, type End, type LeagueHeadline, type Standing } from './league-headline.ts'
import { roundMean } from './league-row.ts'
import { useOwnName } from './use-own-name.ts'

/** Names written out at one end; more are counted. */
const NAMED_AT_MOST = 2

export function useLeagueHeadline() {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const ownName = useOwnName()

  function namesOf(end: End): string {
    return end.names.length <= NAMED_AT_MOST
      ? format.list(end.names)
      : t('league.headline.andOthers', { name: end.names[0] ?? '', n: end.names.length })
  }

  function endText(key: 'first' | 'last', end: End): string {
    const isShared = end.names.length > 1
    return t(`league.headline.${key}${isShared ? 'Tied' : ''}`, { names: namesOf(end), score: format.score(end.score) })
  }

  function onTimeText(ratio: Ratio): string {
    return ratio.whole === 0
      ? t('league.headline.nothingDue')
      : t('league.headline.onTime', { counts: format.counts(ratio), percent: format.percent(ratio) })
  }

  function standingText(standing: Standing): string {
    return t(standing.isTied ? 'league.headline.standingTied' : 'league.headline.standing', {
      name: ownName(standing),
      rank: standing.rank,
      score: format.score(standing.score),
    })
  }

  function amongPeersText(group: string, headline: Extract<LeagueHeadline, { kind: 'among_peers' }>): string {
    const { units, ranked, seen, first, last } = headline
    const words = {
      group: t(units === ranked ? 'league.headline.groupOf' : 'league.headline.groupOfRanked', {
        group,
        n: units,
        m: ranked,
      }),
      n: seen.length,
      name: seen[0] === undefined ? '' : ownName(seen[0]),
      first: first === null ? '' : standingText(first),
      last: last === null ? '' : standingText(last),
      mean:
        headline.mean === null
          ? t('league.headline.meanHidden')
          : t('league.headline.mean', { mean: format.score(roundMean(headline.mean)) }),
    }
    if (first === null)
      return t(seen.length === 1 ? 'league.headline.ownNotMeasured' : 'league.headline.seenNotMeasured', words)
    if (seen.length === 1) return t('league.headline.own', words)
    return t(last === null ? 'league.headline.seenOne' : 'league.headline.seen', words)
  }

  return function toSentence(table: LeagueTable): string {
    const headline = buildLeagueHeadline(table)
    const { group } = table
    switch (headline.kind) {
      case 'empty':
        return t('league.headline.empty', { group })
      case 'none_measured':
        return t('league.headline.noneMeasured', { group, n: headline.units })
      case 'single':
        return t('league.headline.single', {
          name: headline.name,
          score: format.score(headline.score),
          onTime: onTimeText(headline.onTime),
        })
      case 'one_measured':
        return t('league.headline.oneMeasured', {
          group,
          n: headline.units,
          name: headline.name,
          score: format.score(headline.score),
          onTime: onTimeText(headline.onTime),
        })
      case 'all_tied':
        return t('league.headline.allTied', {
          group,
          n: headline.ranked,
          score: format.score(headline.score),
          onTime: onTimeText(headline.onTime),
        })
      case 'among_peers':
        return amongPeersText(group, headline)
      case 'ranked':
        return t('league.headline.ranked', {
          group,
          n: headline.ranked,
          first: endText('first', headline.first),
          last: endText('last', headline.last),
          onTime: onTimeText(headline.onTime),
        })
    }
  }
}
