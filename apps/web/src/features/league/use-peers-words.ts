import type { LeagueStanding, LeagueTable } from '@zhidu/contract'
import { type ScoreBand, tabulateScoreBands } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import { rangeText, useStandingWords } from '../../ui/standing/use-standing-words.ts'
import { useFormat } from '../../ui/use-format.ts'
import { medianOf } from './peers-picture.ts'
import { useOwnName } from './use-own-name.ts'

/** The picture of the group in words and as a table: the same on screen and on paper. */
export function usePeersWords(table: MaybeRefOrGetter<LeagueTable>, standing: MaybeRefOrGetter<LeagueStanding | null>) {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const ownName = useOwnName()
  const { bandName, rankabilityWords } = useStandingWords()
  const peers = computed(() => toValue(table).peers)

  const finding = computed(() => {
    const scores = peers.value?.scores ?? []
    const [high] = scores
    const low = scores.at(-1)
    const median = medianOf(scores)
    if (high === undefined || low === undefined || median === null) return t('league.peers.none')
    return scores.length === 1
      ? t('league.peers.one', { score: format.score(high) })
      : t('league.peers.finding', {
          n: scores.length,
          low: format.score(low),
          high: format.score(high),
          median: format.score(median),
        })
  })

  /** Bands from the highest down, with the units in reach that stand in them. */
  const bands = computed(() => {
    const rows = toValue(table).rows
    const all = tabulateScoreBands(peers.value?.scores ?? [])
    const holds = ({ from, to }: ScoreBand, score: number, isFirst: boolean): boolean =>
      score >= from && (score < to || isFirst)
    return all.map((band, index) => ({
      ...band,
      name: t(index === 0 ? 'league.peers.bandTop' : 'league.peers.band', { from: band.from, to: band.to }),
      own: format.list(
        rows.filter((row) => row.score !== null && holds(band, row.score, index === 0)).map((row) => ownName(row)),
      ),
    }))
  })

  const top = computed(() =>
    (peers.value?.top ?? []).map((each, index) => ({
      ...each,
      key: `${each.rank}/${index}`,
      place: each.tied ? t('league.peers.tied', { rank: each.rank }) : String(each.rank),
      points: format.score(each.score),
    })),
  )
  const limits = computed(() => t('league.peers.limits', { n: peers.value?.count ?? 0 }))

  /** How sure the places of the units in reach are, and whether the group can be ranked at all; nothing of any other unit. */
  const sure = computed(() => {
    const known = toValue(standing)
    if (known === null || known.isHidden || known.rows.length === 0) return ''
    const own = known.rows.map((row) => {
      const name = ownName({
        unitCode: row.unitCode,
        name: toValue(table).rows.find(({ unitCode }) => unitCode === row.unitCode)?.name ?? row.unitCode,
      })
      const band = row.band === null ? '' : t('league.peers.band_of', { band: bandName(row.band) })
      return t('league.peers.place', { name, rank: row.rank, range: rangeText(row.rankInterval), band })
    })
    const { rankability } = known
    const group =
      rankability === null
        ? ''
        : t('league.peers.rankability', {
            percent: Math.round(rankability.share * 100),
            level: rankabilityWords(rankability.word).level,
            words: rankabilityWords(rankability.word).text,
          })
    return `${own.join('')}${group}`
  })

  return { finding, bands, top, limits, sure }
}
