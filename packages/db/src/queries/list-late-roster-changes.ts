import { DAY_MS, MAX_SHIFT_DAYS } from '@zhidu/domain'
import { sql, type SqlBool } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { KnownShift } from './list-roster-as-known.ts'

/**
 * A version of a shift that came after the fact. `added`: somebody is on duty at the instant who was not before it;
 * `changed`: before and after, with other particulars; `removed`: not any more, withdrawn or ended earlier.
 */
export interface LateRosterChange extends KnownShift {
  readonly change: 'added' | 'changed' | 'removed'
}

export interface LateRosterMoment {
  readonly unitCode: string
  /** Epoch ms. */
  readonly at: number
  /** Versions recorded after this instant are late. Epoch ms. */
  readonly knownAt: number
}

export function lateRosterChangesQuery(db: ReadonlyDb, { at, knownAt, unitCode }: LateRosterMoment) {
  const isOnDuty = sql<SqlBool>`(not v.is_withdrawn and v.ends_at > ${instant(at)})`
  const wasOnDuty = sql<SqlBool>`(not b.is_withdrawn and b.ends_at > ${instant(at)})`
  return (
    db
      .selectFrom('roster_shift as v')
      // The version it replaced. It has the same start, so that one bound is enough for both.
      .leftJoin('roster_shift as b', (join) =>
        join
          .onRef('b.unit_code', '=', 'v.unit_code')
          .onRef('b.role', '=', 'v.role')
          .onRef('b.starts_at', '=', 'v.starts_at')
          .onRef('b.person', '=', 'v.person')
          .onRef('b.replaced_by', '=', 'v.import_id'),
      )
      .select([
        'v.unit_code as unitCode',
        'v.role',
        'v.starts_at as startsAt',
        'v.ends_at as endsAt',
        'v.person',
        'v.post',
        'v.phone',
        'v.recorded_at as recordedAt',
        'v.import_id as importId',
        sql<LateRosterChange['change']>`case when not ${isOnDuty} then 'removed'
          when ${wasOnDuty} then 'changed' else 'added' end`.as('change'),
      ])
      .where('v.unit_code', '=', unitCode)
      .where('v.starts_at', '<=', instant(at))
      .where('v.starts_at', '>', instant(at - MAX_SHIFT_DAYS * DAY_MS))
      .where('v.recorded_at', '>', instant(knownAt))
      .where(sql<SqlBool>`(${isOnDuty} or ${wasOnDuty})`)
      .$call(inScope(db, 'late-roster-changes', 'v.unit_code'))
      .orderBy('v.recorded_at')
      .orderBy('v.role')
      .orderBy('v.starts_at')
      .orderBy('v.person')
  )
}

/**
 * What was put on record after `knownAt` about who is on duty in a unit at `at`, in the order recorded: what covers the instant, and
 * what replaces or withdraws a version that did. Each with its later particulars; names and numbers are whole.
 */
export function listLateRosterChanges(db: ReadonlyDb, moment: LateRosterMoment): Promise<LateRosterChange[]> {
  return lateRosterChangesQuery(db, moment).execute()
}
