import type { UnitHistory } from '@zhidu/contract'
import { listSuccessions, listUnitQuarters, type ReadonlyDb } from '@zhidu/db'
import {
  bearerOf,
  listUnitChanges,
  localDateOf,
  type PlainDate,
  quarterOfDate,
  shiftQuarter,
  standingDay,
  type UnitChange,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { lastNameOf, standsAtTop } from './load-present.ts'

const CODE_CHANGES: readonly UnitChange['kind'][] = ['moved', 'merged_into', 'took_in', 'split_into', 'split_from']
/** How far back facts of merged units are counted. */
const QUARTERS_BACK = 12

/** Every unit whose past the unit bears today, itself left out. */
function listBefore(unitCode: string, roster: Roster, today: PlainDate): string[] {
  return [...roster.periodsOf].flatMap(([code, periods]) => {
    const merged = roster.successions.some(({ fromCode, kind }) => fromCode === code && kind === 'merge')
    if (!merged || code === unitCode) return []
    const bearers = roster.successions
      .filter(({ fromCode }) => fromCode === code)
      .map(({ onDate }) => standingDay(periods, shiftQuarter(quarterOfDate(onDate), -1)))
      .map((day) => bearerOf(code, day, today, roster))
    return bearers.includes(unitCode) ? [code] : []
  })
}

async function countBefore(
  db: ReadonlyDb,
  codes: readonly string[],
  roster: Roster,
  today: PlainDate,
): Promise<UnitHistory['before']> {
  if (codes.length === 0) return []
  const quarters = Array.from({ length: QUARTERS_BACK }, (_, index) => shiftQuarter(quarterOfDate(today), -index))
  const rows = (await listUnitQuarters(db, quarters)).filter((row) => row.basis === 'latest')
  return codes.map((unitCode) => {
    const own = rows.filter((row) => row.unitCode === unitCode)
    const owed = own.reduce(
      (sum, row) => sum + row.onTimeCount + row.lateCount + row.missingCount + row.notYetDueCount,
      0,
    )
    const last = own.filter((row) => row.isMeasured).at(-1)?.quarter ?? null
    const checks = own.reduce((sum, row) => sum + row.checkTotal, 0)
    return { unitCode, name: lastNameOf(roster, unitCode), lastQuarter: last, owed, checks }
  })
}

/**
 * Everything that happened to a unit, oldest first, with the units it took in and who bears its past today.
 * Throws ServiceError `not_found` for a unit that is unknown or out of reach.
 */
export function getUnitHistory(ctx: ServiceContext, input: { readonly unitCode: string }): Promise<UnitHistory> {
  const { unitCode } = input
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const roster = await loadRoster(db)
    const periods = roster.periodsOf.get(unitCode) ?? []
    if (periods.length === 0) throw new ServiceError('not_found', 'unit_unknown', { unitCode })
    const acts = await listSuccessions(db)
    const toName = (change: UnitChange, code: string | null): string | null =>
      code !== null && CODE_CHANGES.includes(change.kind) ? lastNameOf(roster, code) : code
    const lastDay = periods.at(-1)?.validTo ?? today
    const bearer = bearerOf(unitCode, standingDay(periods, shiftQuarter(quarterOfDate(lastDay), -1)), today, roster)
    return {
      unitCode,
      name: lastNameOf(roster, unitCode),
      changes: listUnitChanges(unitCode, roster).map((change) => ({
        onDate: change.onDate,
        kind: change.kind,
        before: toName(change, change.before),
        after: toName(change, change.after),
        reason:
          acts.find(
            ({ fromCode, onDate, toCode }) =>
              onDate === change.onDate &&
              ((fromCode === unitCode && toCode === change.after) ||
                (toCode === unitCode && fromCode === change.before)),
          )?.reason ?? null,
      })),
      mayRecord: standsAtTop(ctx, roster),
      before: await countBefore(db, listBefore(unitCode, roster, today), roster, today),
      bearer: bearer === unitCode ? null : { unitCode: bearer, name: lastNameOf(roster, bearer) },
    }
  })
}
