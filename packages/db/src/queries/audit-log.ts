import { type RawBuilder, sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** An entry of the audit chain: the columns to find it by, and the text and hashes that count. */
export interface AuditRow {
  readonly seq: number
  /** Epoch ms. */
  readonly at: number
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string | null
  readonly unitCode: string | null
  readonly address: string | null
  readonly action: string
  readonly object: string | null
  readonly outcome: 'done' | 'refused'
  readonly reason: string | null
  /** Exactly what was hashed. */
  readonly text: string
  readonly prevHash: Buffer
  readonly hash: Buffer
}

/** null = whatever it is. */
export interface AuditFilter {
  /** Epoch ms; `to` is outside. */
  readonly from: number | null
  readonly to: number | null
  readonly actorPart: string | null
  /** An action, or what several begin with before a dot: `account` for `account.create`. */
  readonly action: string | null
  readonly outcome: 'done' | 'refused' | null
  readonly objectPart: string | null
}

function conditions(filter: AuditFilter): RawBuilder<boolean> {
  const { action, actorPart, from, objectPart, outcome, to } = filter
  const wanted: RawBuilder<boolean>[] = []
  if (from !== null) wanted.push(sql`at >= ${instant(from)}`)
  if (to !== null) wanted.push(sql`at < ${instant(to)}`)
  if (actorPart !== null) wanted.push(sql`strpos(lower(actor_name), lower(${actorPart})) > 0`)
  if (action !== null) wanted.push(sql`(action = ${action} or starts_with(action, ${`${action}.`}))`)
  if (outcome !== null) wanted.push(sql`outcome = ${outcome}`)
  if (objectPart !== null) wanted.push(sql`strpos(lower(object), lower(${objectPart})) > 0`)
  return wanted.length === 0 ? sql`true` : sql.join(wanted, sql` and `)
}

function entriesQuery(db: ReadonlyDb) {
  return db
    .selectFrom('audit_entry')
    .select([
      'seq',
      'at',
      'actor_kind as actorKind',
      'actor_id as actorId',
      'actor_name as actorName',
      'unit_code as unitCode',
      'address',
      'action',
      'object',
      'outcome',
      'reason',
      'text',
      'prev_hash as prevHash',
      'hash',
    ])
}

export function auditPageQuery(db: ReadonlyDb, filter: AuditFilter, before: number | null, limit: number) {
  return entriesQuery(db)
    .where(conditions(filter))
    .$if(before !== null, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
}

/** Entries that pass, newest first; `before` = number of the last one of the page before. */
export function listAuditPage(
  db: ReadonlyDb,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<AuditRow[]> {
  return auditPageQuery(db, filter, before, limit).execute()
}

/** How many pass; counting stops at `limit`. */
export async function countAudit(db: ReadonlyDb, filter: AuditFilter, limit: number): Promise<number> {
  const counted = db.selectFrom('audit_entry').select('seq').where(conditions(filter)).limit(limit).as('counted')
  const { count } = await db
    .selectFrom(counted)
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Entries from behind `after` on, oldest first. */
export function listAuditLog(db: ReadonlyDb, after: number, limit: number): Promise<AuditRow[]> {
  return entriesQuery(db).where('seq', '>', after).orderBy('seq').limit(limit).execute()
}

/** Number of the last entry; 0 = there is none. */
export async function findAuditSize(db: ReadonlyDb): Promise<number> {
  const last = await db.selectFrom('audit_entry').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return last?.seq ?? 0
}
