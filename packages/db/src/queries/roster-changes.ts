import type { DutyLine, PlainDate, RosterChangeKind } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** An act on a roster. Times: epoch ms. */
export interface RosterChangeRow {
  readonly changeId: string
  readonly changeCode: string
  readonly unitCode: string
  readonly kind: RosterChangeKind
  readonly from: number
  readonly to: number
  readonly isLate: boolean
  readonly askedBy: string | null
  readonly agreedBy: string | null
  readonly reason: string | null
  readonly importId: string
  readonly recordedAt: number
  readonly byName: string
}

/** What was done about a span of a unit's roster, newest first; at most `limit`. */
export function listRosterChanges(
  db: ReadonlyDb,
  {
    from,
    limit,
    to,
    unitCode,
  }: { readonly unitCode: string; readonly from: number; readonly to: number; readonly limit: number },
): Promise<RosterChangeRow[]> {
  return db
    .selectFrom('roster_change as c')
    .select([
      'c.change_id as changeId',
      'c.change_code as changeCode',
      'c.unit_code as unitCode',
      'c.kind',
      'c.span_from as from',
      'c.span_to as to',
      'c.is_late as isLate',
      'c.asked_by as askedBy',
      'c.agreed_by as agreedBy',
      'c.reason',
      'c.import_id as importId',
      'c.recorded_at as recordedAt',
      'c.by_name as byName',
    ])
    .where('c.unit_code', '=', unitCode)
    .where('c.span_from', '<', instant(to))
    .where('c.span_to', '>', instant(from))
    .$call(inScope(db, 'roster-changes', 'c.unit_code'))
    .orderBy('c.recorded_at', 'desc')
    .orderBy('c.change_id')
    .limit(limit)
    .execute()
}

/** The database refuses one of a shift that has begun, unless somebody stood in. */
export async function insertRosterChange(
  db: Db,
  row: Omit<RosterChangeRow, 'recordedAt' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('roster_change')
    .values({
      change_id: row.changeId,
      change_code: row.changeCode,
      unit_code: row.unitCode,
      kind: row.kind,
      span_from: instant(row.from),
      span_to: instant(row.to),
      is_late: row.isLate,
      asked_by: row.askedBy,
      agreed_by: row.agreedBy,
      reason: row.reason,
      import_id: row.importId,
      recorded_at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

export interface DutyLineChangeRow {
  readonly changeId: string
  readonly unitCode: string
  readonly line: DutyLine
  readonly number: string
  readonly isWithdrawn: boolean
  readonly forwardingUntil: PlainDate | null
  readonly reason: string
  readonly fromAt: number
  readonly importId: string
  readonly recordedAt: number
  readonly byName: string
}

export async function insertDutyLineChange(
  db: Db,
  row: Omit<DutyLineChangeRow, 'recordedAt' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_line_change')
    .values({
      change_id: row.changeId,
      unit_code: row.unitCode,
      line: row.line,
      number: row.number,
      is_withdrawn: row.isWithdrawn,
      forwarding_until: row.forwardingUntil,
      reason: row.reason,
      from_at: instant(row.fromAt),
      import_id: row.importId,
      recorded_at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

/** A version of a telephone, whoever brought it, and the reason where it was given on the page. */
export interface DutyLineVersion {
  readonly line: DutyLine
  readonly number: string
  readonly isWithdrawn: boolean
  readonly forwardingUntil: PlainDate | null
  readonly forwardingReason: string | null
  readonly recordedAt: number
  readonly replacedAt: number | null
  readonly reason: string | null
  readonly fromAt: number | null
  readonly byName: string | null
}

/** Every number a unit ever had, newest first; at most `limit`. */
export function listDutyLineVersions(db: ReadonlyDb, unitCode: string, limit: number): Promise<DutyLineVersion[]> {
  return db
    .selectFrom('duty_line as v')
    .leftJoin('duty_line_change as c', (join) =>
      join
        .onRef('c.import_id', '=', 'v.import_id')
        .onRef('c.unit_code', '=', 'v.unit_code')
        .onRef('c.line', '=', 'v.line'),
    )
    .select([
      'v.line',
      'v.number',
      'v.is_withdrawn as isWithdrawn',
      'v.forwarding_until as forwardingUntil',
      'v.forwarding_reason as forwardingReason',
      'v.recorded_at as recordedAt',
      'v.replaced_at as replacedAt',
      'c.reason',
      'c.from_at as fromAt',
      'c.by_name as byName',
    ])
    .where('v.unit_code', '=', unitCode)
    .$call(inScope(db, 'duty-line-versions', 'v.unit_code'))
    .orderBy('v.recorded_at', 'desc')
    .orderBy('v.line')
    .orderBy('v.version_id', 'desc')
    .limit(limit)
    .execute()
}
