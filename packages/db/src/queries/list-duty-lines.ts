import { DUTY_LINES, type DutyLineFact } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** A line as a version says it. */
export interface KnownDutyLine extends DutyLineFact {
  /** When this installation received the version. Epoch ms. */
  readonly recordedAt: number
}

export interface DutyLineMoment {
  readonly unitCodes: readonly string[]
  /** As far as was on record at this instant, itself included. Epoch ms. */
  readonly knownAt: number
}

export function dutyLinesQuery(db: ReadonlyDb, { knownAt, unitCodes }: DutyLineMoment) {
  return db
    .selectFrom('duty_line')
    .select([
      'unit_code as unitCode',
      'line',
      'number',
      'forwarding_until as forwardingUntil',
      'forwarding_reason as forwardingReason',
      'recorded_at as recordedAt',
    ])
    .where('unit_code', 'in', unitCodes)
    .where('is_withdrawn', '=', false)
    .where('recorded_at', '<=', instant(knownAt))
    .where((eb) => eb.or([eb('replaced_at', 'is', null), eb('replaced_at', '>', instant(knownAt))]))
    .$call(inScope(db, 'duty-lines', 'unit_code'))
    .orderBy('unit_code')
    .orderBy(sql`array_position(${[...DUTY_LINES]}::text[], line)`)
}

/**
 * Telephones of some units as known at an instant, by unit, the duty room's own first. A line has one number at a time.
 * Numbers are whole: callers mask or audit them.
 */
export function listDutyLines(db: ReadonlyDb, moment: DutyLineMoment): Promise<KnownDutyLine[]> {
  return moment.unitCodes.length === 0 ? Promise.resolve([]) : dutyLinesQuery(db, moment).execute()
}
