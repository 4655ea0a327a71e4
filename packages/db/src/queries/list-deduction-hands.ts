import type { DeductionCode } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** Who had a hand in a deduction: of the check behind it by account and by name, of the decision on it by account. */
export interface DeductionHands {
  readonly finderIds: readonly string[]
  readonly finderNames: readonly string[]
  readonly deciderIds: readonly string[]
}

/** `ref`: of a check; nobody had a hand in another deduction. */
export async function listDeductionHands(
  db: ReadonlyDb,
  { code, ref, unitCode }: { readonly unitCode: string; readonly ref: string; readonly code: DeductionCode },
): Promise<DeductionHands> {
  const checks = await db
    .selectFrom('check_record as r')
    .select('r.inspectors')
    .where('r.check_code', '=', ref)
    .where('r.unit_code', '=', unitCode)
    .$call(inScope(db, 'deduction-checks', 'r.unit_code'))
    .execute()
  const inspections = await db
    .selectFrom('inspection as i')
    .select(['i.inspectors', 'i.recorded_by_id as recordedById'])
    .where('i.check_code', '=', ref)
    .where('i.unit_code', '=', unitCode)
    .$call(inScope(db, 'deduction-inspections', 'i.unit_code'))
    .execute()
  const decisions = await db
    .selectFrom('supervision_case as c')
    .innerJoin('inspection as i', 'i.inspection_id', 'c.inspection_id')
    .innerJoin('case_step as s', 's.case_id', 'c.case_id')
    .select('s.by_id as byId')
    .where('i.check_code', '=', ref)
    .where('c.unit_code', '=', unitCode)
    .where(sql<string>`c.finding`, '=', code)
    .where('s.kind', 'in', ['confirmed', 'dismissed'])
    .$call(inScope(db, 'deduction-decisions', 'c.unit_code'))
    .execute()
  return {
    finderIds: inspections.map(({ recordedById }) => recordedById),
    finderNames: [...checks, ...inspections].flatMap(({ inspectors }) => inspectors),
    deciderIds: decisions.map(({ byId }) => byId),
  }
}
