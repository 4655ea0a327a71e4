import type { Stage } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** What a report as it stands says of where, what and whom. Persons; null = not known yet. */
export interface ReportedText {
  readonly eventCode: string
  readonly unitCode: string
  readonly stage: Stage
  /** Unit in whose area it happened; null = not named. */
  readonly areaCode: string | null
  /** '' = not known yet. */
  readonly place: string
  readonly text: string
  readonly deaths: number | null
  readonly injuries: number | null
}

/**
 * The last version of each report filed on the page, of events that occurred in [from, to), both epoch ms: by event and unit, in the order
 * in which the reports came.
 */
export function listReportedTexts(
  db: ReadonlyDb,
  range: { readonly from: number; readonly to: number },
): Promise<ReportedText[]> {
  const standing = db
    .selectFrom('report_content as c')
    .innerJoin('event_case as e', (on) =>
      on.onRef('e.unit_code', '=', 'c.unit_code').onRef('e.event_code', '=', 'c.event_code'),
    )
    .distinctOn(['c.unit_code', 'c.event_code', 'c.stage', 'c.sequence'])
    .select([
      'c.event_code as eventCode',
      'c.unit_code as unitCode',
      'c.stage',
      'c.sequence',
      'c.area_code as areaCode',
      'c.place',
      'c.text',
      'c.deaths',
      'c.injuries',
      'c.received_at as receivedAt',
      'c.content_id as contentId',
    ])
    .where('e.occurred_at', '>=', instant(range.from))
    .where('e.occurred_at', '<', instant(range.to))
    .$call(inScope(db, 'reported-texts', 'c.unit_code'))
    .orderBy('c.unit_code')
    .orderBy('c.event_code')
    .orderBy('c.stage')
    .orderBy('c.sequence')
    .orderBy('c.version', 'desc')
  return db
    .selectFrom(standing.as('s'))
    .select(['s.eventCode', 's.unitCode', 's.stage', 's.areaCode', 's.place', 's.text', 's.deaths', 's.injuries'])
    .orderBy('s.eventCode')
    .orderBy('s.unitCode')
    .orderBy('s.receivedAt')
    .orderBy('s.contentId')
    .execute()
}
