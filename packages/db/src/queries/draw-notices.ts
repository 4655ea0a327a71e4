import type { Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { DrawNoticeTable } from '../schema-draws.ts'
import { inScope } from '../transaction/scope.ts'

/** What a unit was told of a draw in whose pool it is. */
export interface DrawNoticeRow {
  readonly drawId: string
  readonly unitCode: string
  readonly kind: DrawNoticeTable['kind']
  readonly officeName: string
  readonly title: string
  readonly quarter: Quarter
  /** Hash of the pool, reason, hash of the certificate's last entry. */
  readonly content: string
  /** Epoch ms. */
  readonly at: number
}

interface NoticeFilter {
  readonly unitCode?: string
  readonly drawId?: string
}

/** Newest first. */
export function listDrawNotices(db: ReadonlyDb, { drawId, unitCode }: NoticeFilter): Promise<DrawNoticeRow[]> {
  return db
    .selectFrom('draw_notice')
    .select([
      'draw_id as drawId',
      'unit_code as unitCode',
      'kind',
      'office_name as officeName',
      'title',
      'quarter',
      'content',
      'at',
    ])
    .$if(unitCode !== undefined, (query) => query.where('unit_code', '=', unitCode ?? ''))
    .$if(drawId !== undefined, (query) => query.where('draw_id', '=', drawId ?? ''))
    .$call(inScope(db, 'draw-notices', 'unit_code'))
    .orderBy('at', 'desc')
    .orderBy('draw_id')
    .orderBy('unit_code')
    .orderBy('kind')
    .execute()
}

/** Tells each unit the same. */
export async function insertDrawNotices(
  db: Db,
  unitCodes: readonly string[],
  notice: Omit<DrawNoticeRow, 'unitCode'>,
): Promise<void> {
  const { at, content, drawId, kind, officeName, quarter, title } = notice
  const row = { draw_id: drawId, kind, office_name: officeName, title, quarter, content }
  const most = 1_000
  for (let from = 0; from < unitCodes.length; from += most) {
    const codes = unitCodes.slice(from, from + most)
    await db
      .insertInto('draw_notice')
      .values(codes.map((unit_code) => ({ ...row, unit_code, at: instant(at) })))
      .execute()
  }
}
