import type { Quarter, WaiverFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function waiversOfUnitsQuery(db: ReadonlyDb, unitCodes: readonly string[], quarter: Quarter) {
  return db
    .selectFrom('appeal as a')
    .innerJoin('appeal_step as s', (join) =>
      join.onRef('s.appeal_id', '=', 'a.appeal_id').on('s.kind', '=', 'submitted'),
    )
    .leftJoin('appeal_step as e', (join) =>
      join.onRef('e.appeal_id', '=', 'a.appeal_id').on('e.kind', 'in', ['upheld', 'rejected', 'withdrawn']),
    )
    .select(['a.unit_code as unitCode', 'a.ref', 'a.code', 'a.at', 's.at as claimedAt', 'e.at as waivedAt'])
    .where('a.unit_code', 'in', unitCodes)
    .where('a.quarter', '=', quarter)
    .where((eb) => eb.or([eb('e.kind', 'is', null), eb('e.kind', '=', 'upheld')]))
    .$call(inScope(db, 'waivers-of-units', 'a.unit_code'))
    .orderBy('a.unit_code')
    .orderBy('a.opened_at')
    .orderBy('a.appeal_id')
}

/** Deductions of a quarter whose appeals are open or were upheld, oldest first. */
export function listWaiversOfUnits(
  db: ReadonlyDb,
  { quarter, unitCodes }: { readonly unitCodes: readonly string[]; readonly quarter: Quarter },
): Promise<WaiverFact[]> {
  return unitCodes.length === 0 ? Promise.resolve([]) : waiversOfUnitsQuery(db, unitCodes, quarter).execute()
}
