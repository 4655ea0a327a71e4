import type { LeagueStanding, LeagueTable } from '@zhidu/contract'
import { type Ref, shallowRef, watch } from 'vue'

interface Shown {
  readonly data: Readonly<Ref<LeagueTable | null | undefined>>
  readonly isPlaceholderData: Readonly<Ref<boolean>>
}

/**
 * The standing of the very table on screen: the table before keeps its own while the next is on its way, and no table is shown with
 * that of another. null = not known yet.
 */
export function useShownStanding(
  league: Shown,
  standings: { readonly data: Readonly<Ref<LeagueStanding | null | undefined>> },
) {
  const standing = shallowRef<LeagueStanding | null>(null)

  watch(
    [league.data, league.isPlaceholderData, standings.data],
    ([table, isBefore, known]) => {
      if (isBefore) return
      const isSame = known?.quarter === table?.quarter && known?.group === table?.group && known?.tree === table?.tree
      standing.value = isSame ? (known ?? null) : null
    },
    { immediate: true },
  )
  return { standing }
}
