import type { HandoverStepKind } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A change of shift that somebody began to hand over. */
export interface HandoverRow {
  readonly handoverId: string
  readonly unitCode: string
  /** Epoch ms. */
  readonly changeAt: number
}

export interface HandoverStepRow {
  readonly handoverId: string
  readonly position: number
  readonly kind: HandoverStepKind
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly rosterPerson: string | null
  readonly offRosterReason: string | null
  readonly entries: readonly string[]
  /** To each of the entries, '' = none. */
  readonly notes: readonly string[]
  readonly equipment: string | null
  readonly note: string | null
  readonly toPerson: string | null
  readonly toReason: string | null
  readonly enteredByName: string | null
  readonly enteredById: string | null
  readonly openCount: number
}

export interface HandoverFilter {
  readonly handoverId: string | null
  readonly unitCode: string | null
  /** Only the one of this change of shift, epoch ms. */
  readonly changeAt: number | null
  /** Only those not taken over yet. */
  readonly isWaiting: boolean
}

const IS_TAKEN = sql<SqlBool>`exists (select from handover_step s where s.handover_id = h.handover_id and s.kind = 'taken')`

/** Latest change of shift first. */
export function listHandovers(
  db: ReadonlyDb,
  filter: HandoverFilter,
  page: { readonly before: Pick<HandoverRow, 'changeAt' | 'handoverId'> | null; readonly limit: number },
): Promise<HandoverRow[]> {
  const { changeAt, handoverId, isWaiting, unitCode } = filter
  const { before, limit } = page
  return db
    .selectFrom('handover as h')
    .select(['h.handover_id as handoverId', 'h.unit_code as unitCode', 'h.change_at as changeAt'])
    .$if(handoverId !== null, (query) => query.where('h.handover_id', '=', handoverId ?? ''))
    .$if(unitCode !== null, (query) => query.where('h.unit_code', '=', unitCode ?? ''))
    .$if(changeAt !== null, (query) => query.where('h.change_at', '=', instant(changeAt ?? 0)))
    .$if(isWaiting, (query) => query.where((eb) => eb.not(IS_TAKEN)))
    .$if(before !== null, (query) =>
      query.where(
        sql<SqlBool>`(h.change_at, h.handover_id) < (${instant(before?.changeAt ?? 0)}, ${before?.handoverId ?? null}::uuid)`,
      ),
    )
    .$call(inScope(db, 'handovers', 'h.unit_code'))
    .orderBy('h.change_at', 'desc')
    .orderBy('h.handover_id', 'desc')
    .limit(limit)
    .execute()
}

/** By handover, in their order. */
export function listHandoverSteps(db: ReadonlyDb, handoverIds: readonly string[]): Promise<HandoverStepRow[]> {
  return db
    .selectFrom('handover_step as s')
    .select([
      's.handover_id as handoverId',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.roster_person as rosterPerson',
      's.off_roster_reason as offRosterReason',
      's.entries',
      's.notes',
      's.equipment',
      's.note',
      's.to_person as toPerson',
      's.to_reason as toReason',
      's.entered_by_name as enteredByName',
      's.entered_by_id as enteredById',
      's.open_count as openCount',
    ])
    .where('s.handover_id', '=', sql<string>`any (${[...handoverIds]}::uuid[])`)
    .$call(inScope(db, 'handover-steps', 's.unit_code'))
    .orderBy('s.handover_id')
    .orderBy('s.position')
    .execute()
}

export async function insertHandover(db: Db, row: HandoverRow, { at, id, name }: DrawAuthor): Promise<void> {
  const { changeAt, handoverId, unitCode } = row
  await db
    .insertInto('handover')
    .values({
      handover_id: handoverId,
      unit_code: unitCode,
      change_at: instant(changeAt),
      at: instant(at),
      by_name: name,
      by_id: id,
    })
    .execute()
}

/** Adds the next step; the database refuses one that does not follow, one person for both, and a list with a gap. */
export async function insertHandoverStep(
  db: Db,
  unitCode: string,
  step: Omit<HandoverStepRow, 'at' | 'byName' | 'byId'>,
  { at, id, name }: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('handover_step')
    .values({
      handover_id: step.handoverId,
      position: step.position,
      unit_code: unitCode,
      kind: step.kind,
      at: instant(at),
      by_name: name,
      by_id: id,
      roster_person: step.rosterPerson,
      off_roster_reason: step.offRosterReason,
      entries: [...step.entries],
      notes: [...step.notes],
      equipment: step.equipment,
      note: step.note,
      to_person: step.toPerson,
      to_reason: step.toReason,
      entered_by_name: step.enteredByName,
      entered_by_id: step.enteredById,
      open_count: step.openCount,
    })
    .execute()
}
