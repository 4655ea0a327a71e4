import { DAY_MS, MAX_SHIFT_DAYS, type RosterRole } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** How much of a window the present roster of a unit has somebody. ms; a time that several cover counts once. */
export interface RosterCoverRow {
  readonly unitCode: string
  /** null = whoever it is. */
  readonly role: RosterRole | null
  readonly covered: number
  /** Shifts that begin within the window. */
  readonly begins: number
}

export interface CoverQuestion {
  readonly unitCodes: readonly string[]
  /** Half-open, epoch ms. */
  readonly from: number
  readonly to: number
}

export function rosterCoverQuery(db: ReadonlyDb, { from, to, unitCodes }: CoverQuestion) {
  const present = db
    .selectFrom('roster_shift as v')
    .select([
      'v.unit_code',
      'v.role',
      sql<string>`range_agg(tstzrange(v.starts_at, v.ends_at))
        * tstzmultirange(tstzrange(${instant(from)}, ${instant(to)}))`.as('covered'),
      sql<number>`count(*) filter (where v.starts_at >= ${instant(from)})`.as('begins'),
    ])
    .where('v.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .where('v.starts_at', '<', instant(to))
    // Bounds the part of the index that is looked at; nothing that began earlier still lasts.
    .where('v.starts_at', '>', instant(from - MAX_SHIFT_DAYS * DAY_MS))
    .where('v.ends_at', '>', instant(from))
    .where('v.replaced_at', 'is', null)
    .where('v.is_withdrawn', '=', false)
    .$call(inScope(db, 'roster-cover', 'v.unit_code'))
    .groupBy(sql`grouping sets ((v.unit_code), (v.unit_code, v.role))`)
  const spans = db
    .selectFrom(present.as('p'))
    .select(['p.unit_code as unitCode', 'p.role', 'p.begins', sql<string>`unnest(p.covered)`.as('span')])
  return db
    .selectFrom(spans.as('s'))
    .select([
      's.unitCode',
      's.role',
      's.begins',
      sql<number>`(sum(extract(epoch from upper(s.span) - lower(s.span))) * 1000)::bigint`.as('covered'),
    ])
    .groupBy(['s.unitCode', 's.role', 's.begins'])
    .orderBy('s.unitCode')
}

/** How far the rosters of units reach within a window, by unit and role and by unit alone. A unit without shifts has no row. */
export async function listRosterCover(db: ReadonlyDb, question: CoverQuestion): Promise<RosterCoverRow[]> {
  return question.unitCodes.length === 0 ? [] : await rosterCoverQuery(db, question).execute()
}
