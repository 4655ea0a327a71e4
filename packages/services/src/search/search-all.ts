import type { SearchResult } from '@zhidu/contract'
import { searchCodes } from '@zhidu/db'
import { localDateOf, quarterOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { withSnapshot } from '../snapshot.ts'
import { pickPeriod } from '../unit/list-units.ts'

const MAX_HITS = 20
const MAX_CODES = 8

/** Units whose code begins with the text or whose name holds it, in official order. */
function searchUnits(roster: Roster, text: string, now: number): SearchResult['hits'] {
  const wanted = text.toLowerCase()
  return [...roster.periodsOf.values()].flatMap((periods) => {
    const picked = pickPeriod(periods, quarterOf(now))
    if (picked === null) return []
    const { name, shortName, unitCode } = picked.period
    const isHit =
      unitCode.toLowerCase().startsWith(wanted) || name.includes(text) || (shortName?.includes(text) ?? false)
    return isHit ? [{ kind: 'unit' as const, code: unitCode, label: name, unitName: null }] : []
  })
}

/** What somebody may mean by a code or a name; units first, then events and checks by code. */
export function searchAll(ctx: ServiceContext, input: { readonly text: string }): Promise<SearchResult> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const roster = await loadRoster(db)
    const nameOf = (unitCode: string): string | null => roster.periodsOf.get(unitCode)?.at(-1)?.name ?? null
    const { checks, events } = await searchCodes(db, input.text, MAX_CODES)
    const hits: SearchResult['hits'] = [
      ...searchUnits(roster, input.text, ctx.clock()).slice(0, MAX_HITS - events.length - checks.length),
      ...events.map(({ code, unitCode }) => ({
        kind: 'event' as const,
        code,
        label: code,
        unitName: nameOf(unitCode),
      })),
      ...checks.map(({ code, unitCode }) => ({
        kind: 'check' as const,
        code,
        label: code,
        unitName: nameOf(unitCode),
      })),
    ]
    return { hits }
  })
}
