import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type CreateTokenInput, KINDS, type TokenCreated, type TokenItem, type TokenList } from '@zhidu/contract'
import {
  asReadonly,
  findToken,
  findUsableToken,
  insertToken,
  listTokens as listTokenRows,
  listUnitNames,
  revokeTokenRow,
  type TokenRow,
  touchToken,
  withTransaction,
} from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { TokenActor } from '../actor.ts'
import { withAccountChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

/** What a key begins with, so that a scanner of leaked secrets knows one. */
const PREFIX = 'zhidu_'
const TOKEN_BYTES = 32
const DAY_MS = 86_400_000

type UnitNames = ReadonlyMap<string, { readonly name: string }>

function toKinds(texts: readonly string[]): TokenItem['kinds'] {
  return KINDS.filter((kind) => texts.includes(kind))
}

function toItem(row: TokenRow, names: UnitNames): TokenItem {
  const isoOrNull = (at: number | null): string | null => (at === null ? null : toLocalIso(at))
  return {
    tokenId: row.tokenId,
    name: row.name,
    unitCode: row.unitCode,
    unitName: names.get(row.unitCode)?.name ?? null,
    kinds: toKinds(row.kinds),
    mayWrite: row.mayWrite,
    createdAt: toLocalIso(row.createdAt),
    createdBy: row.createdBy,
    expiresAt: toLocalIso(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  }
}

function loadNames(ctx: ServiceContext): Promise<UnitNames> {
  return withTransaction(ctx.report, (trx) => listUnitNames(trx, localDateOf(ctx.clock())), { isReadOnly: true })
}

function nameOf({ actor }: ServiceContext): string {
  return actor.kind === 'account' ? actor.displayName : actor.kind === 'local' ? actor.name : actor.kind
}

/** SHA-256 of a key: what the database keeps of it. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Keys of other systems, revoked ones too, newest first. */
export async function listTokens(ctx: ServiceContext): Promise<TokenList> {
  const names = await loadNames(ctx)
  return (await listTokenRows(asReadonly(ctx.db))).map((row) => toItem(row, names))
}

/** Makes a key; it is told this once. Throws ServiceError `invalid` for an unknown unit. */
export async function createToken(ctx: ServiceContext, input: CreateTokenInput): Promise<TokenCreated> {
  const names = await loadNames(ctx)
  if (!names.has(input.unitCode)) throw new ServiceError('invalid', 'unit_unknown', { unitCode: input.unitCode })
  const token = `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`
  const now = ctx.clock()
  const row: TokenRow = {
    tokenId: randomUUID(),
    name: input.name,
    unitCode: input.unitCode,
    kinds: toKinds(input.kinds),
    mayWrite: input.mayWrite,
    createdAt: now,
    createdBy: nameOf(ctx),
    expiresAt: now + input.days * DAY_MS,
    lastUsedAt: null,
    revokedAt: null,
  }
  const { days, kinds, mayWrite, name, unitCode } = input
  const what = {
    action: 'token.create',
    object: `token/${row.tokenId}`,
    detail: { name, unitCode, kinds, mayWrite, days },
  }
  await withAccountChange(ctx, what, (trx) => insertToken(trx, { ...row, tokenHash: hashOf(token) }))
  return { token, item: toItem(row, names) }
}

/** Takes effect on the key's next request. Throws ServiceError `not_found` for one that is not in use. */
export async function revokeToken(ctx: ServiceContext, { tokenId }: { readonly tokenId: string }): Promise<void> {
  await withAccountChange(ctx, { action: 'token.revoke', object: `token/${tokenId}` }, async (trx, note) => {
    const row = await findToken(asReadonly(trx), tokenId)
    if (row === undefined || !(await revokeTokenRow(trx, tokenId, ctx.clock()))) {
      throw new ServiceError('not_found', 'token_unknown')
    }
    note.detail = { name: row.name }
  })
}

/** Whose key this is; undefined for one that is unknown, revoked or expired. */
export async function loadToken(
  ctx: ServiceContext,
  args: { readonly token: string; readonly address: string },
): Promise<TokenActor | undefined> {
  const now = ctx.clock()
  const row = await findUsableToken(asReadonly(ctx.db), hashOf(args.token), now)
  if (row === undefined) return undefined
  await touchToken(ctx.db, row.tokenId, now)
  const { mayWrite, name, tokenId, unitCode } = row
  return { kind: 'token', tokenId, name, unitCode, kinds: toKinds(row.kinds), mayWrite, address: args.address }
}
