import type { LeagueTable } from '@zhidu/contract'
import { filterRows, type LeagueFilter, type LeagueSort, sortRows } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { computeSparkScale } from '../../ui/spark.ts'
import { useInitials } from '../../ui/use-initials.ts'
import { type Basis, effectiveSort, type Standings, withStanding } from './standing-view.ts'

/** The rows that pass the filter, in the order asked for; those not measured apart. */
export function useLeagueRows(
  table: MaybeRefOrGetter<LeagueTable>,
  filter: MaybeRefOrGetter<LeagueFilter>,
  sort: MaybeRefOrGetter<LeagueSort>,
  standings: MaybeRefOrGetter<Standings>,
  basis: MaybeRefOrGetter<Basis>,
) {
  const initialsOf = useInitials(() => toValue(filter).text)
  const found = computed(() =>
    filterRows(withStanding(toValue(table).rows, toValue(standings)), toValue(filter), initialsOf.value),
  )
  const ranked = computed(() =>
    sortRows(
      found.value.filter((row) => row.score !== null),
      effectiveSort(toValue(sort), toValue(basis)),
    ),
  )
  const notMeasured = computed(() => found.value.filter((row) => row.score === null))
  const sparkScale = computed(() =>
    computeSparkScale([...toValue(table).rows.map((row) => row.trend), toValue(table).total.trend]),
  )
  return { found, ranked, notMeasured, sparkScale }
}
