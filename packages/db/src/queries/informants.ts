import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What was put on record of an informant. Times: epoch ms. */
export interface InformantStepRow {
  readonly informantId: string
  readonly position: number
  readonly officeCode: string
  readonly kind: 'registered' | 'changed' | 'linked' | 'revoked' | 'withdrawn'
  readonly at: number
  readonly byName: string
  readonly name: string | null
  readonly village: string | null
  readonly areaCode: string | null
  readonly phone: string | null
  readonly expiresAt: number | null
}

/** By informant, in their order; `informantId` undefined = all of the office. */
export function listInformantSteps(
  db: ReadonlyDb,
  officeCode: string,
  informantId?: string,
): Promise<InformantStepRow[]> {
  return db
    .selectFrom('informant_step as s')
    .select([
      's.informant_id as informantId',
      's.position',
      's.unit_code as officeCode',
      's.kind',
      's.at',
      's.by_name as byName',
      's.name',
      's.village',
      's.area_code as areaCode',
      's.phone',
      's.expires_at as expiresAt',
    ])
    .where('s.unit_code', '=', officeCode)
    .$if(informantId !== undefined, (query) => query.where('s.informant_id', '=', informantId ?? ''))
    .$call(inScope(db, 'informant-steps', 's.unit_code'))
    .orderBy('s.informant_id')
    .orderBy('s.position')
    .execute()
}

export async function insertInformantStep(
  db: Db,
  step: Omit<InformantStepRow, 'at' | 'byName'> & { readonly tokenHash: Buffer | null },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('informant_step')
    .values({
      informant_id: step.informantId,
      position: step.position,
      unit_code: step.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      name: step.name,
      village: step.village,
      area_code: step.areaCode,
      phone: step.phone,
      token_hash: step.tokenHash,
      expires_at: step.expiresAt === null ? null : instant(step.expiresAt),
    })
    .execute()
}

export interface InformantLink {
  readonly informantId: string
  readonly officeCode: string
  readonly expiresAt: number
  readonly isUsable: boolean
  /** Of the last hour. */
  readonly sentCount: number
}

/** Whose link it is, for who has nothing but the link: no scope is asked. */
export async function findInformantLink(db: Db, tokenHash: Buffer): Promise<InformantLink | undefined> {
  const { rows } = await sql<InformantLink>`select informant_id as "informantId", unit_code as "officeCode",
    expires_at as "expiresAt", is_usable as "isUsable", sent_since_hour as "sentCount"
    from find_informant_link(${tokenHash})`.execute(db)
  return rows[0]
}

export interface InformantMessageRow {
  readonly messageId: string
  readonly receiptCode: string
  readonly informantId: string
  readonly at: number
  readonly what: string
  readonly place: string | null
  readonly occurredAt: number | null
  readonly deaths: number | null
  readonly injuries: number | null
  readonly photoSha256: string | null
}

/** Takes what an informant sent, by the link alone; false = the link is none that may be used. */
export async function addInformantMessage(
  db: Db,
  tokenHash: Buffer,
  message: Omit<InformantMessageRow, 'informantId'> & { readonly photo: Buffer | null },
): Promise<boolean> {
  const { at, deaths, injuries, messageId, occurredAt, photo, photoSha256, place, receiptCode, what } = message
  const { rows } = await sql<{ isTaken: boolean }>`select add_informant_message(${tokenHash}, ${messageId}::uuid,
    ${receiptCode}, ${instant(at)}, ${what}, ${place}, ${occurredAt === null ? null : instant(occurredAt)},
    ${deaths}::integer, ${injuries}::integer, ${photo}, ${photoSha256}) as "isTaken"`.execute(db)
  return rows[0]?.isTaken ?? false
}

/** What waits to be taken as a lead, oldest first. */
export function listInformantMessages(
  db: ReadonlyDb,
  officeCode: string,
  messageId?: string,
): Promise<InformantMessageRow[]> {
  return db
    .selectFrom('informant_message as m')
    .select([
      'm.message_id as messageId',
      'm.receipt_code as receiptCode',
      'm.informant_id as informantId',
      'm.at',
      'm.what',
      'm.place',
      'm.occurred_at as occurredAt',
      'm.deaths',
      'm.injuries',
      'm.photo_sha256 as photoSha256',
    ])
    .where('m.unit_code', '=', officeCode)
    .$if(messageId !== undefined, (query) => query.where('m.message_id', '=', messageId ?? ''))
    .$if(messageId === undefined, (query) =>
      query.where(sql<boolean>`not exists (select from lead_origin o where o.message_id = m.message_id)`),
    )
    .$call(inScope(db, 'informant-messages', 'm.unit_code'))
    .orderBy('m.at')
    .orderBy('m.message_id')
    .limit(500)
    .execute()
}

export async function findInformantPhoto(db: ReadonlyDb, messageId: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom('informant_message as m')
    .select('m.photo')
    .where('m.message_id', '=', messageId)
    .$call(inScope(db, 'informant-photo', 'm.unit_code'))
    .executeTakeFirst()
  return row?.photo ?? null
}
