import { INSPECTION_STATES, type InspectionList, type InspectionListInput } from '@zhidu/contract'
import { countInspections, type InspectionFilter, listInspectionFindings, listInspections as listRows } from '@zhidu/db'
import { quarterRange, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { listHiddenFirsts } from './blind.ts'
import { stateOf, toStanding } from './states.ts'
import { toFindings, toItem } from './to-item.ts'

const ITEMS_PER_PAGE = 50
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function startOf(cursor: string | undefined): { at: number; inspectionId: string } | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const inspectionId = keys[0] ?? ''
  if (!UUID.test(inspectionId)) throw new ServiceError('invalid', 'cursor_unknown')
  return { at, inspectionId }
}

function countStates(counts: Awaited<ReturnType<typeof countInspections>>): InspectionList['counts'] {
  const byState = Object.fromEntries(INSPECTION_STATES.map((state) => [state, 0])) as InspectionList['counts']
  for (const { count, hasFilesMissing, hasUndecided, result } of counts) {
    byState[stateOf({ result, undecided: Number(hasUndecided), filesMissing: Number(hasFilesMissing) })] += count
  }
  return byState
}

/** 现场记录: the checks of a quarter as phones recorded them, newest first, fifty a page; the counts are of the whole quarter. */
export function listInspections(ctx: ServiceContext, input: InspectionListInput): Promise<InspectionList> {
  const { cursor, finding, method, purpose, quarter, state, unitCode } = input
  const asOf = resolveAsOf(ctx, undefined)
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const roster = await loadRoster(db)
    const { regulation } = await loadRules(db, quarter)
    const all = { unitCode: null, method: null, purpose: null, finding: null }
    const whole: InspectionFilter = { ...all, range: quarterRange(quarter), hidden: await listHiddenFirsts(db, ctx) }
    const filter = {
      ...whole,
      unitCode: unitCode ?? null,
      method: method ?? null,
      purpose: purpose ?? null,
      finding: finding ?? null,
    }
    const standing = state === undefined ? null : toStanding(state)
    const rows = await listRows(db, filter, { standing, after: startOf(cursor), limit: ITEMS_PER_PAGE + 1 })
    const items = rows.slice(0, ITEMS_PER_PAGE)
    const found = await listInspectionFindings(
      db,
      items.map(({ inspectionId }) => inspectionId),
    )
    const findingsOf = Map.groupBy(found, ({ inspectionId }) => inspectionId)
    const last = rows.length > ITEMS_PER_PAGE ? items.at(-1) : undefined
    const { id, notice, title, version } = regulation
    return {
      quarter,
      asOf: toLocalIso(asOf),
      regulation: { id, version, title, notice },
      counts: countStates(await countInspections(db, whole)),
      items: items.map((row) =>
        toItem(row, toFindings(row, findingsOf.get(row.inspectionId) ?? [], { roster, regulation }), roster),
      ),
      nextCursor: last === undefined ? null : toCursor([last.at, last.inspectionId]),
    }
  })
}
