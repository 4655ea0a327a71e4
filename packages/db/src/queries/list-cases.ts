import type { Level } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { CaseKey, InstantRange } from './list-case-reports.ts'
import { inScope } from '../transaction/scope.ts'

/** Place of an event in the list: newest learned first, then by codes. */
export interface CaseCursor extends CaseKey {
  /** Epoch ms. */
  readonly learnedAt: number
}

/** An event of a unit by its judged row. */
export interface CaseRow extends CaseCursor {
  readonly level: Level
  /** Epoch ms. */
  readonly occurredAt: number
}

export interface CaseFilter {
  /** Empty = every unit. */
  readonly unitCodes: readonly string[]
  /** Events whose judged row occurred or was learned in it. */
  readonly range: InstantRange
  readonly level: Level | null
  /** Part of the event code; null = all. */
  readonly codePart: string | null
}

export function casesQuery(db: ReadonlyDb, filter: CaseFilter, after: CaseCursor | null, limit: number) {
  const { codePart, level, range, unitCodes } = filter
  return (
    db
      .selectFrom('event_case')
      .select([
        'unit_code as unitCode',
        'event_code as eventCode',
        'level',
        'occurred_at as occurredAt',
        'learned_at as learnedAt',
      ])
      // Nothing is learned before it occurred; said here, it bounds the index.
      .where('learned_at', '>=', instant(range.from))
      .where((eb) =>
        eb.or([
          eb.and([eb('occurred_at', '>=', instant(range.from)), eb('occurred_at', '<', instant(range.to))]),
          eb.and([eb('learned_at', '>=', instant(range.from)), eb('learned_at', '<', instant(range.to))]),
        ]),
      )
      .$if(unitCodes.length > 0, (query) => query.where('unit_code', 'in', unitCodes))
      .$if(level !== null, (query) => query.where('level', '=', level as Level))
      .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(event_code, ${codePart}) > 0`))
      .$if(after !== null, (query) =>
        query.where(
          sql<boolean>`(learned_at, event_code, unit_code) < (${instant(after?.learnedAt ?? 0)}, ${after?.eventCode ?? ''}, ${after?.unitCode ?? ''})`,
        ),
      )
      .$call(inScope(db, 'cases', 'unit_code'))
      .orderBy('learned_at', 'desc')
      .orderBy('event_code', 'desc')
      .orderBy('unit_code', 'desc')
      .limit(limit)
  )
}

/** Events of a list, newest learned first. */
export function listCases(
  db: ReadonlyDb,
  filter: CaseFilter,
  after: CaseCursor | null,
  limit: number,
): Promise<CaseRow[]> {
  return casesQuery(db, filter, after, limit).execute()
}
