import type { PlainDate, SuccessionKind } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** A merger or split that holds. */
export interface SuccessionRow {
  readonly actId: string
  readonly fromCode: string
  readonly toCode: string
  readonly onDate: PlainDate
  readonly kind: SuccessionKind
  readonly reason: string
  /** Epoch ms. */
  readonly recordedAt: number
  readonly recordedBy: string
}

/** Whoever reaches one of the two units knows of it. */
export function successionsQuery(db: ReadonlyDb) {
  const ofUnit = db
    .selectFrom('unit_succession')
    .select('succession_id')
    .$call(inScope(db, 'successions', 'unit_code'))
  const ofSuccessor = db
    .selectFrom('unit_succession')
    .select('succession_id')
    .$call(inScope(db, 'successions', 'successor_code'))
  return db
    .selectFrom('unit_succession')
    .select([
      'act_id as actId',
      'unit_code as fromCode',
      'successor_code as toCode',
      'on_date as onDate',
      'kind',
      'reason',
      'recorded_at as recordedAt',
      'recorded_by as recordedBy',
    ])
    .where('replaced_at', 'is', null)
    .where((eb) => eb.or([eb('succession_id', 'in', ofUnit), eb('succession_id', 'in', ofSuccessor)]))
    .orderBy('on_date')
    .orderBy('unit_code')
    .orderBy('successor_code')
    .orderBy('kind')
}

/** Every merger and split that holds, oldest first. */
export function listSuccessions(db: ReadonlyDb): Promise<SuccessionRow[]> {
  return successionsQuery(db).execute()
}
