import { createHash } from 'node:crypto'
import { type ChangedUnitRow, type Db, putUnitRows, rebuildUnitClosure } from '@zhidu/db'
import { diffRows, type RowsDifference, type UnitPeriod } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { OBLIGATIONS_OF } from '../obligation/obligation-change.ts'
import { actorName } from './load-present.ts'

/** Writes rows of units as an import of a units file would: old versions are closed, new ones added, under one change. */
export async function writeUnitRows(
  trx: Db,
  ctx: ServiceContext,
  change: RowsDifference & { readonly changeId: string; readonly what: string; readonly detail: unknown },
): Promise<void> {
  const { added, changeId, detail, gone, what } = change
  if (gone.length + added.length === 0) return
  const unitCode = ctx.actor.kind === 'account' || ctx.actor.kind === 'token' ? ctx.actor.unitCode : null
  await putUnitRows(trx, {
    changeId,
    fileName: what,
    sha256: createHash('sha256').update(JSON.stringify(detail)).digest('hex'),
    at: ctx.clock(),
    sender: { name: actorName(ctx), unitCode },
    gone,
    added,
  })
}

/** Makes anew who stands above whom, and every quarter of the units whose rows differ. Call after rows and acts are written. */
export async function settleUnitRows(trx: Db, ctx: ServiceContext, { added, gone }: RowsDifference): Promise<void> {
  await rebuildUnitClosure(trx)
  const unitCodes = new Set([...gone, ...added].map((row) => row.unitCode))
  await refreshUnitQuarters(trx, {
    touched: [...unitCodes].map((unitCode) => ({ unitCode, quarter: null })),
    asOf: ctx.clock(),
    obligations: OBLIGATIONS_OF.units ?? null,
  })
}

function byValidFrom(a: UnitPeriod, b: UnitPeriod): number {
  return (a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1
}

function overlap(a: UnitPeriod, b: UnitPeriod): boolean {
  const [first, second] = [a, b].sort(byValidFrom)
  return first?.validTo == null || first.validTo > (second?.validFrom ?? '')
}

interface TakingBack extends RowsDifference {
  /** Units that were changed since, or that others need: their rows stay. */
  readonly kept: readonly string[]
}

/** What takes a change back, unit by unit. `isUsed`: whether anything but rows of units refers to a unit. */
export async function planTakingBack(
  rows: readonly ChangedUnitRow[],
  before: ReadonlyMap<string, readonly UnitPeriod[]>,
  isUsed: (unitCode: string) => Promise<boolean>,
): Promise<TakingBack> {
  const after = new Map(before)
  const kept: string[] = []
  const opened: string[] = []
  for (const [unitCode, ofUnit] of Map.groupBy(rows, (row) => row.unitCode)) {
    const made = ofUnit.filter(({ isMade }) => isMade)
    const back = ofUnit.filter(({ isMade }) => !isMade).map(({ row }) => row)
    const current = before.get(unitCode) ?? []
    const others = current.filter(({ validFrom }) => !made.some(({ row }) => row.validFrom === validFrom))
    const isChanged =
      made.some(({ isCurrent }) => !isCurrent) || back.some((row) => others.some((one) => overlap(row, one)))
    if (isChanged) kept.push(unitCode)
    else {
      if (back.length + others.length === 0) opened.push(unitCode)
      after.set(unitCode, [...back, ...others].sort(byValidFrom))
    }
  }
  for (const unitCode of opened) {
    const isParent = [...after.values()].some((periods) => periods.some(({ parentCode }) => parentCode === unitCode))
    if (!isParent && !(await isUsed(unitCode))) continue
    kept.push(unitCode)
    after.set(unitCode, before.get(unitCode) ?? [])
  }
  return { ...diffRows(before, after), kept }
}
