import { useQuery } from '@pinia/colada'
import type { AskRosterInput, RosterHoursInput, RosterInput, RosterUnitsInput } from '@zhidu/contract'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** Units of the own level and below, worst first. */
export function useRosterUnits(input: MaybeRefOrGetter<RosterUnitsInput>) {
  const api = useApi()
  return useQuery({
    key: () => ['rosters', 'units', JSON.stringify(toValue(input))],
    query: ({ signal }) => api.roster.units.query(toValue(input), { signal }),
  })
}

export function useRoster(input: MaybeRefOrGetter<RosterInput>) {
  const api = useApi()
  return useQuery({
    key: () => ['rosters', 'unit', JSON.stringify(toValue(input))],
    query: ({ signal }) => api.roster.get.query(toValue(input), { signal }),
  })
}

export function useRosterHours(input: MaybeRefOrGetter<RosterHoursInput>) {
  const api = useApi()
  return useQuery({
    key: () => ['rosters', 'hours', JSON.stringify(toValue(input))],
    query: ({ signal }) => api.roster.hours.query(toValue(input), { signal }),
  })
}

/** null = nothing asked yet. */
export function useAskedRoster(input: MaybeRefOrGetter<AskRosterInput | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['rosters', 'ask', JSON.stringify(toValue(input))],
    enabled: () => toValue(input) !== null,
    query: ({ signal }) => {
      const asked = toValue(input)
      if (asked === null) throw new RangeError('nothing is asked')
      return api.roster.ask.query(asked, { signal })
    },
  })
}
