import type { Level, ObligationKind, Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import type { ObligationCause } from './obligation-tables.ts'
import { inScope } from '../transaction/scope.ts'

export interface ObligationKey {
  readonly unitCode: string
  readonly quarter: Quarter
  readonly kind: ObligationKind
  readonly ref: string
}

/** A version of what was owed; the last one of a list is the current one when its `replacedAt` is null. */
export interface ObligationVersionRow extends ObligationKey {
  readonly level: Level | null
  readonly arisesAt: number
  readonly dueAt: number
  readonly regulationVersion: string
  readonly clause: string
  readonly cause: 'arose' | ObligationCause
  readonly recordedAt: number
  readonly replacedAt: number | null
  readonly replacedCause: ObligationCause | null
}

export function obligationVersionsQuery(db: ReadonlyDb, unitCode: string, refs: readonly string[]) {
  return db
    .selectFrom('obligation')
    .select([
      'unit_code as unitCode',
      'quarter',
      'kind',
      'ref',
      'level',
      'arises_at as arisesAt',
      'due_at as dueAt',
      'regulation_version as regulationVersion',
      'clause',
      'cause',
      'recorded_at as recordedAt',
      'replaced_at as replacedAt',
      'replaced_cause as replacedCause',
    ])
    .where('unit_code', '=', unitCode)
    .where('ref', 'in', refs)
    .$call(inScope(db, 'obligation-versions', 'unit_code'))
    .orderBy('kind')
    .orderBy('recorded_at')
    .orderBy((eb) => eb.fn.coalesce('replaced_at', eb.val('infinity').$castTo<number>()))
}

/** Every version of what a unit owed about some events or forms, by kind, oldest first. */
export function listObligationVersions(
  db: ReadonlyDb,
  unitCode: string,
  refs: readonly string[],
): Promise<ObligationVersionRow[]> {
  return refs.length === 0 ? Promise.resolve([]) : obligationVersionsQuery(db, unitCode, refs).execute()
}
