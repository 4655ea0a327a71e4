import { matchesUnit, mayBeInitials } from '@zhidu/domain'
import { loadInitials } from '../../ui/unit-match.ts'
import { useApi } from '../api/use-api.ts'
import { useMeta } from '../api/use-meta.ts'
import { type Hit, mergeHits } from './search-hits.ts'

/** Finds units by name, code or initials, and events and checks by code. */
export function useSearch() {
  const api = useApi()
  const meta = useMeta()

  async function findUnits(text: string) {
    const quarter = meta.data.value?.defaultQuarter
    if (quarter === undefined || !mayBeInitials(text)) return []
    const [initialsOf, list] = await Promise.all([loadInitials(), api.unit.list.query({ quarter })])
    return list.units.filter((unit) => matchesUnit(unit, text, initialsOf))
  }

  async function search(text: string): Promise<Hit[]> {
    const wanted = text.trim()
    if (wanted === '') return []
    const [units, found] = await Promise.all([findUnits(wanted), api.search.find.query({ text: wanted })])
    return mergeHits(units, found.hits)
  }

  return { search }
}
