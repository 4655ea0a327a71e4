import { sql } from 'kysely'
import type { LeadStepKind, MatchTiming, Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What an office did with a lead. Times: epoch ms. */
export interface LeadStepRow {
  readonly leadCode: string
  readonly position: number
  readonly officeCode: string
  readonly kind: Exclude<LeadStepKind, 'explained'>
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  readonly aboutCode: string | null
  readonly eventCode: string | null
  readonly timing: MatchTiming | null
  /** JSON, what was listed when a person chose. */
  readonly candidates: string | null
  readonly inquiryId: string | null
  readonly ofLead: string | null
  readonly misreportId: string | null
}

/** By lead, in their order. */
export function listLeadSteps(db: ReadonlyDb, leadCodes: readonly string[]): Promise<LeadStepRow[]> {
  return db
    .selectFrom('lead_step as s')
    .select([
      's.lead_code as leadCode',
      's.position',
      's.unit_code as officeCode',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.about_code as aboutCode',
      's.event_code as eventCode',
      's.timing',
      's.candidates',
      's.inquiry_id as inquiryId',
      's.of_lead as ofLead',
      's.misreport_id as misreportId',
    ])
    .where('s.lead_code', '=', sql<string>`any (${[...leadCodes]}::text[])`)
    .$call(inScope(db, 'lead-steps', 's.unit_code'))
    .orderBy('s.lead_code')
    .orderBy('s.position')
    .execute()
}

/** Adds the next step; the database refuses one that does not follow. */
export async function insertLeadStep(
  db: Db,
  step: Omit<LeadStepRow, 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('lead_step')
    .values({
      lead_code: step.leadCode,
      position: step.position,
      unit_code: step.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      about_code: step.aboutCode,
      event_code: step.eventCode,
      timing: step.timing,
      candidates: step.candidates,
      inquiry_id: step.inquiryId,
      of_lead: step.ofLead,
      misreport_id: step.misreportId,
    })
    .execute()
}

/** What an office's people decided about leads that had a candidate: the first listed was the event, or it was not. */
export async function countLeadDecisions(
  db: ReadonlyDb,
  officeCode: string,
): Promise<{ readonly decided: number; readonly proposed: number; readonly right: number }> {
  const row = await db
    .selectFrom('lead_step as s')
    .select([
      sql<number>`count(*)`.as('decided'),
      sql<number>`count(*) filter (where s.candidates::jsonb ->> 'proposed' is not null)`.as('proposed'),
      sql<number>`count(*) filter (where s.kind = 'matched' and s.event_code = s.candidates::jsonb ->> 'proposed')`.as(
        'right',
      ),
    ])
    .where('s.unit_code', '=', officeCode)
    .where('s.kind', 'not in', ['inquired', 'reopened'])
    // Of a lead that was opened again the last outcome counts.
    .where(
      sql<boolean>`not exists (select from lead_step t where t.lead_code = s.lead_code and t.position > s.position)`,
    )
    .$call(inScope(db, 'lead-decisions', 's.unit_code'))
    .executeTakeFirstOrThrow()
  return row
}

/** How a lead came that no file brought. */
export interface LeadOriginRow {
  readonly leadCode: string
  readonly officeCode: string
  readonly channel: 'typed' | 'pasted' | 'feed' | 'informant'
  readonly guid: string | null
  readonly link: string | null
  readonly title: string | null
  readonly messageId: string | null
  readonly at: number
  readonly byName: string
}

export function findLeadOrigin(db: ReadonlyDb, leadCode: string): Promise<LeadOriginRow | undefined> {
  return db
    .selectFrom('lead_origin as o')
    .select([
      'o.lead_code as leadCode',
      'o.unit_code as officeCode',
      'o.channel',
      'o.guid',
      'o.link',
      'o.title',
      'o.message_id as messageId',
      'o.at',
      'o.by_name as byName',
    ])
    .where('o.lead_code', '=', leadCode)
    .$call(inScope(db, 'lead-origin', 'o.unit_code'))
    .executeTakeFirst()
}

/** Which items of a feed an office has already, by their guid or link. */
export async function listKnownItems(
  db: ReadonlyDb,
  officeCode: string,
  keys: { readonly guids: readonly string[]; readonly links: readonly string[] },
): Promise<{ readonly guid: string | null; readonly link: string | null }[]> {
  return await db
    .selectFrom('lead_origin as o')
    .select(['o.guid', 'o.link'])
    .where('o.unit_code', '=', officeCode)
    .where(sql<boolean>`(o.guid = any (${[...keys.guids]}::text[]) or o.link = any (${[...keys.links]}::text[]))`)
    .$call(inScope(db, 'lead-items', 'o.unit_code'))
    .orderBy('o.lead_code')
    .execute()
}

const ROWS_AT_ONCE = 1_000

export async function insertLeadOrigins(
  db: Db,
  rows: readonly Omit<LeadOriginRow, 'at' | 'byName'>[],
  author: DrawAuthor,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await db
      .insertInto('lead_origin')
      .values(
        rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({
          lead_code: row.leadCode,
          unit_code: row.officeCode,
          channel: row.channel,
          guid: row.guid,
          link: row.link,
          title: row.title,
          message_id: row.messageId,
          at: instant(author.at),
          by_name: author.name,
          by_id: author.id,
        })),
      )
      .execute()
  }
}

export interface LeadPlaceRow {
  readonly placeId: string
  readonly version: number
  readonly unitCode: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly at: number
  readonly byName: string
}

/** Names of places as they stand, by unit and name. */
export function listLeadPlaces(db: ReadonlyDb): Promise<LeadPlaceRow[]> {
  return db
    .selectFrom('lead_place as p')
    .select([
      'p.place_id as placeId',
      'p.version',
      'p.unit_code as unitCode',
      'p.name',
      'p.aliases',
      'p.at',
      'p.by_name as byName',
    ])
    .where(sql<boolean>`p.version = (select max(v.version) from lead_place v where v.place_id = p.place_id)`)
    .where('p.is_withdrawn', '=', false)
    .$call(inScope(db, 'lead-places', 'p.unit_code'))
    .orderBy('p.unit_code')
    .orderBy('p.name')
    .orderBy('p.place_id')
    .execute()
}

export async function insertLeadPlaces(
  db: Db,
  rows: readonly (Omit<LeadPlaceRow, 'at' | 'byName'> & { readonly isWithdrawn: boolean })[],
  author: DrawAuthor,
): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('lead_place')
    .values(
      rows.map((row) => ({
        place_id: row.placeId,
        version: row.version,
        unit_code: row.unitCode,
        name: row.name,
        aliases: [...row.aliases],
        is_withdrawn: row.isWithdrawn,
        at: instant(author.at),
        by_name: author.name,
        by_id: author.id,
      })),
    )
    .execute()
}

export interface RiskMarkRow {
  readonly officeCode: string
  readonly markedCode: string
  readonly quarter: string
  readonly position: number
  readonly isWithdrawn: boolean
  readonly note: string | null
  readonly expected: number | null
  readonly events: number | null
  readonly tail: number | null
  readonly at: number
  readonly byName: string
}

/** What an office put into the pool of a quarter, as it stands, by unit. */
export function listRiskMarks(db: ReadonlyDb, officeCode: string, quarter: string): Promise<RiskMarkRow[]> {
  return db
    .selectFrom('risk_mark as m')
    .select([
      'm.unit_code as officeCode',
      'm.marked_code as markedCode',
      'm.quarter',
      'm.position',
      'm.is_withdrawn as isWithdrawn',
      'm.note',
      'm.expected',
      'm.events',
      'm.tail',
      'm.at',
      'm.by_name as byName',
    ])
    .where('m.unit_code', '=', officeCode)
    .where(sql<boolean>`m.quarter = ${quarter}`)
    .where(
      sql<boolean>`m.position = (select max(n.position) from risk_mark n where n.unit_code = m.unit_code
        and n.marked_code = m.marked_code and n.quarter = m.quarter)`,
    )
    .$call(inScope(db, 'risk-marks', 'm.unit_code'))
    .orderBy('m.marked_code')
    .execute()
}

export async function insertRiskMark(
  db: Db,
  row: Omit<RiskMarkRow, 'at' | 'byName' | 'quarter'> & { readonly quarter: Quarter },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('risk_mark')
    .values({
      unit_code: row.officeCode,
      marked_code: row.markedCode,
      quarter: row.quarter,
      position: row.position,
      is_withdrawn: row.isWithdrawn,
      note: row.note,
      expected: row.expected,
      events: row.events,
      tail: row.tail,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
