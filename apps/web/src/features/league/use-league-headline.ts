import type { LeagueStanding, LeagueTable } from '@zhidu/contract'
import type { Ratio } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useStandingWords } from '../../ui/standing/use-standing-words.ts'
import { useFormat } from '../../ui/use-format.ts'
import { buildLeagueHeadline, type LeagueHeadline, type Standing } from './league-headline.ts'
import { roundMean } from './league-row.ts'
import { useOwnName } from './use-own-name.ts'

export function useLeagueHeadline() {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const ownName = useOwnName()
  const { headlineOf, possible } = useStandingWords()

  function onTimeText(ratio: Ratio): string {
    return ratio.whole === 0
      ? t('league.headline.nothingDue')
      : t('league.headline.onTime', { counts: format.counts(ratio), percent: format.percent(ratio) })
  }

  function standingText(place: Standing, standing: LeagueStanding | null): string {
    const sure = standing?.rows.find(({ unitCode }) => unitCode === place.unitCode)
    return t(place.isTied ? 'league.headline.standingTied' : 'league.headline.standing', {
      name: ownName(place),
      rank: place.rank,
      possible: sure === undefined ? '' : t('league.headline.inBrackets', { text: possible(sure) }),
      score: format.score(place.score),
    })
  }

  function amongPeersText(
    group: string,
    headline: Extract<LeagueHeadline, { kind: 'among_peers' }>,
    standing: LeagueStanding | null,
  ): string {
    const { units, ranked, seen, first, last } = headline
    const words = {
      group: t(units === ranked ? 'league.headline.groupOf' : 'league.headline.groupOfRanked', {
        group,
        n: units,
        m: ranked,
      }),
      n: seen.length,
      name: seen[0] === undefined ? '' : ownName(seen[0]),
      first: first === null ? '' : standingText(first, standing),
      last: last === null ? '' : standingText(last, standing),
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

  /** `standing`: of the same table; null while it is not known, and then nothing is said of who is ahead or behind. */
  return function toSentence(table: LeagueTable, standing: LeagueStanding | null): string {
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
        return amongPeersText(group, headline, standing)
      case 'ranked': {
        const nameOf = (code: string): string => table.rows.find(({ unitCode }) => unitCode === code)?.name ?? code
        const told = standing === null ? '' : headlineOf(standing, nameOf)
        if (told !== '') return told
        return t('league.headline.ranked', { group, n: headline.ranked, onTime: onTimeText(headline.onTime) })
      }
    }
  }
}
