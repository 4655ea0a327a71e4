import type { DrawPreparation } from '@zhidu/contract'
import { listRiskMarks, listUnitQuartersOfUnits } from '@zhidu/db'
import { localDateOf, proposeRiskWeight, type Quarter, quarterOf, shiftQuarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadUnitsBelow } from './load-units-below.ts'
import { officeOf } from './office.ts'

type Row = Awaited<ReturnType<typeof listUnitQuartersOfUnits>>[number]

const NOTHING = { checkPassed: 0, checkTotal: 0, lateCount: 0, missingCount: 0 }

function toProposal(row: Row | undefined, isQuiet: boolean) {
  if (row === undefined && !isQuiet) return null
  const { checkPassed, checkTotal, lateCount: late, missingCount: missing } = row ?? NOTHING
  const { reasons, weight } = proposeRiskWeight({ checkPassed, checkTotal, isQuiet, late, missing })
  return { weight, reasons: [...reasons], checkFailed: checkTotal - checkPassed, checkTotal, missing, late }
}

/** The units one level below with their history, and a proposal of slips by the table of the quarter before. */
export function prepareDraw(ctx: ServiceContext): Promise<DrawPreparation> {
  const now = ctx.clock()
  const quarter = quarterOf(now)
  const riskQuarter: Quarter = shiftQuarter(quarter, -1)
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const units = await loadUnitsBelow(db, officeOf(ctx).unitCode, now)
    const scope = { unitCodes: units.map(({ unitCode }) => unitCode), quarters: [riskQuarter] }
    // The state at the quarter's end comes after the latest one and wins.
    const rows = (await listUnitQuartersOfUnits(db, scope)).toSorted((a, b) => (a.basis < b.basis ? -1 : 1))
    const byUnit = new Map(rows.map((row) => [row.unitCode, row]))
    const marks = await listRiskMarks(db, officeOf(ctx).unitCode, quarter)
    const quiet = new Set(marks.flatMap(({ isWithdrawn, markedCode }) => (isWithdrawn ? [] : [markedCode])))
    return {
      quarter,
      riskQuarter,
      units: units.map(({ supervisedSince: _, ...unit }) => ({
        ...unit,
        proposal: toProposal(byUnit.get(unit.unitCode), quiet.has(unit.unitCode)),
      })),
    }
  })
}
