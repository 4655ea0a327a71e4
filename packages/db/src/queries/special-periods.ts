import type { SpecialPeriod } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A special period of an office at a version. */
export interface SpecialPeriodRow extends SpecialPeriod {
  readonly periodId: string
  readonly version: number
  /** The office. */
  readonly unitCode: string
  readonly isWithdrawn: boolean
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/**
 * Every version of the periods of some offices, or of all that can be seen: the latest to begin first, of one the newest version first.
 * Told to the whole subtree, so the asker's reach is no bound.
 */
export function listSpecialPeriods(db: ReadonlyDb, offices: readonly string[] | null): Promise<SpecialPeriodRow[]> {
  return db
    .selectFrom('special_period as p')
    .select([
      'p.period_id as periodId',
      'p.version',
      'p.unit_code as unitCode',
      'p.kind',
      'p.level',
      'p.title',
      'p.from_on as from',
      'p.to_on as to',
      'p.asks_double_leaders as asksDoubleLeaders',
      'p.asks_daily_report as asksDailyReport',
      'p.note',
      'p.basis',
      'p.is_withdrawn as isWithdrawn',
      'p.at',
      'p.by_name as byName',
    ])
    .$if(offices !== null, (query) =>
      query.where('p.unit_code', '=', sql<string>`any (${[...(offices ?? [])]}::text[])`),
    )
    .orderBy(sql`(select max(o.from_on) from special_period o where o.period_id = p.period_id)`, 'desc')
    .orderBy('p.period_id')
    .orderBy('p.version', 'desc')
    .execute()
}

/** Adds the next version; the database refuses one that does not follow, or is of another office. */
export async function insertSpecialPeriod(
  db: Db,
  row: Omit<SpecialPeriodRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('special_period')
    .values({
      period_id: row.periodId,
      version: row.version,
      unit_code: row.unitCode,
      kind: row.kind,
      level: row.level,
      title: row.title,
      from_on: row.from,
      to_on: row.to,
      asks_double_leaders: row.asksDoubleLeaders,
      asks_daily_report: row.asksDailyReport,
      note: row.note,
      basis: row.basis,
      is_withdrawn: row.isWithdrawn,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
