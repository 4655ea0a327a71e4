import { DAY_MS, MAX_SHIFT_DAYS, type RosterShiftFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** A shift as a version says it. */
export interface KnownShift extends RosterShiftFact {
  /** When this installation received the version. Epoch ms. */
  readonly recordedAt: number
  /** What brought it: a file, or an act on the page. */
  readonly importId: string
}

export interface RosterMoment {
  readonly unitCodes: readonly string[]
  /** Who is on duty at this instant. Epoch ms. */
  readonly at: number
  /** Whoever is on duty sometime from `at` up to this instant, itself excluded. Epoch ms; missing = at `at`. */
  readonly until?: number
  /** As far as was on record at this one, itself included. Epoch ms; missing = as it stands on record. */
  readonly knownAt?: number
}

export function rosterAsKnownQuery(db: ReadonlyDb, { at, knownAt, unitCodes, until = at + 1 }: RosterMoment) {
  return (
    db
      .selectFrom('roster_shift')
      .select([
        'unit_code as unitCode',
        'role',
        'starts_at as startsAt',
        'ends_at as endsAt',
        'person',
        'post',
        'phone',
        'recorded_at as recordedAt',
        'import_id as importId',
      ])
      .where('unit_code', 'in', unitCodes)
      .where('starts_at', '<', instant(until))
      // Bounds the part of the index that is looked at; nothing that began earlier still lasts.
      .where('starts_at', '>', instant(at - MAX_SHIFT_DAYS * DAY_MS))
      .where('ends_at', '>', instant(at))
      .where('is_withdrawn', '=', false)
      .$if(knownAt !== undefined, (query) => query.where('recorded_at', '<=', instant(knownAt ?? 0)))
      .where((eb) =>
        knownAt === undefined
          ? eb('replaced_at', 'is', null)
          : eb.or([eb('replaced_at', 'is', null), eb('replaced_at', '>', instant(knownAt))]),
      )
      .$call(inScope(db, 'roster-as-known', 'unit_code'))
      .orderBy('unit_code')
      .orderBy('role')
      .orderBy('starts_at')
      .orderBy('person')
  )
}

/**
 * Who was on duty in some units at an instant, or during a span, by what was on record at another: what is recorded later never changes the answer.
 * By unit, leaders first, start and name. Names and numbers are whole: callers mask or audit them.
 */
export function listRosterAsKnown(db: ReadonlyDb, moment: RosterMoment): Promise<KnownShift[]> {
  return moment.unitCodes.length === 0 ? Promise.resolve([]) : rosterAsKnownQuery(db, moment).execute()
}

/** The present shifts of people of some names in every unit in reach, within a span; by start. Names are not unique. */
export function listShiftsOfPeople(
  db: ReadonlyDb,
  { from, people, to }: { readonly people: readonly string[]; readonly from: number; readonly to: number },
): Promise<RosterShiftFact[]> {
  if (people.length === 0) return Promise.resolve([])
  return db
    .selectFrom('roster_shift')
    .select(['unit_code as unitCode', 'role', 'starts_at as startsAt', 'ends_at as endsAt', 'person', 'post', 'phone'])
    .where('person', 'in', people)
    .where('starts_at', '<', instant(to))
    .where('starts_at', '>', instant(from - MAX_SHIFT_DAYS * DAY_MS))
    .where('ends_at', '>', instant(from))
    .where('replaced_at', 'is', null)
    .where('is_withdrawn', '=', false)
    .$call(inScope(db, 'shifts-of-people', 'unit_code'))
    .orderBy('starts_at')
    .orderBy('unit_code')
    .orderBy('role')
    .orderBy('person')
    .execute()
}
