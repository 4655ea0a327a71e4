import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

export interface TokenRow {
  readonly tokenId: string
  readonly name: string
  readonly unitCode: string
  readonly kinds: readonly string[]
  readonly mayWrite: boolean
  /** Epoch ms, as all instants here. */
  readonly createdAt: number
  readonly createdBy: string
  readonly expiresAt: number
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

const COLUMNS = [
  'token_id as tokenId',
  'name',
  'unit_code as unitCode',
  'kinds',
  'may_write as mayWrite',
  'created_at as createdAt',
  'created_by as createdBy',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const

/** Every token ever made, newest first. */
export function listTokens(db: ReadonlyDb): Promise<TokenRow[]> {
  return db.selectFrom('api_token').select(COLUMNS).orderBy('created_at', 'desc').orderBy('token_id').execute()
}

export function findToken(db: ReadonlyDb, tokenId: string): Promise<TokenRow | undefined> {
  return db.selectFrom('api_token').select(COLUMNS).where('token_id', '=', tokenId).executeTakeFirst()
}

/** The token of this hash that may be used at an instant (epoch ms), or undefined. */
export function findUsableToken(db: ReadonlyDb, tokenHash: Buffer, now: number): Promise<TokenRow | undefined> {
  return db
    .selectFrom('api_token')
    .select(COLUMNS)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', instant(now))
    .executeTakeFirst()
}

export async function insertToken(db: Db, token: TokenRow & { readonly tokenHash: Buffer }): Promise<void> {
  await db
    .insertInto('api_token')
    .values({
      token_id: token.tokenId,
      token_hash: token.tokenHash,
      name: token.name,
      unit_code: token.unitCode,
      kinds: [...token.kinds],
      may_write: token.mayWrite,
      created_at: instant(token.createdAt),
      created_by: token.createdBy,
      expires_at: instant(token.expiresAt),
    })
    .execute()
}

/** False when there is no such token in use. */
export async function revokeTokenRow(db: Db, tokenId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('api_token')
    .set({ revoked_at: instant(now) })
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** At most once a minute, so that reading costs no writing. */
export async function touchToken(db: Db, tokenId: string, now: number): Promise<void> {
  await db
    .updateTable('api_token')
    .set({ last_used_at: instant(now) })
    .where('token_id', '=', tokenId)
    .where(sql<boolean>`coalesce(last_used_at, '-infinity') < ${instant(now - 60_000)}`)
    .execute()
}
