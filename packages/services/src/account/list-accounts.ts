import type { AccountItem, AccountList, AccountListInput } from '@zhidu/contract'
import {
  type AccountFilter,
  type AccountRow,
  asReadonly,
  listAccountRows,
  listNamesOfUnits,
  withTransaction,
} from '@zhidu/db'
import { localDateOf, maskPhone, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'

const PAGE_SIZE = 50

/** The order of Chinese names is that of their sounds, the same on every machine. */
const NAMES = new Intl.Collator('zh-CN-u-co-pinyin')

type Order = (a: AccountRow, b: AccountRow) => number

/** Without a unit, or never seen: last. */
const ORDERS: Readonly<Record<NonNullable<AccountListInput['sort']>, Order>> = {
  loginName: () => 0,
  displayName: (a, b) => NAMES.compare(a.displayName, b.displayName),
  unitCode: (a, b) => compareText(a.unitCode ?? '\uffff', b.unitCode ?? '\uffff'),
  lastSeenAt: (a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0),
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

async function toItems(ctx: ServiceContext, rows: readonly AccountRow[]): Promise<AccountItem[]> {
  const now = ctx.clock()
  const codes = [...new Set(rows.flatMap(({ unitCode }) => unitCode ?? []))]
  const names = await withTransaction(ctx.report, (trx) => listNamesOfUnits(trx, codes, localDateOf(now)))
  const iso = (at: number | null): string | null => (at === null ? null : toLocalIso(at))
  return rows.map((row) => ({
    ...row,
    phone: row.phone === null ? null : maskPhone(row.phone),
    unitName: row.unitCode === null ? null : (names.get(row.unitCode) ?? null),
    roles: [...row.roles],
    lockedUntil: row.lockedUntil !== null && row.lockedUntil > now ? toLocalIso(row.lockedUntil) : null,
    lastSeenAt: iso(row.lastSeenAt),
    createdAt: toLocalIso(row.createdAt),
  }))
}

/** A page of accounts, phones masked; by login name among equals. */
export async function listAccounts(ctx: ServiceContext, input: AccountListInput): Promise<AccountList> {
  const { after, isDisabled, role, search, sort = 'loginName' } = input
  const filter: AccountFilter = { search: search?.trim(), role, isDisabled }
  const rows = await listAccountRows(asReadonly(ctx.db), filter)
  // Stable, and the rows come by login name.
  const sorted = rows.toSorted(ORDERS[sort])
  const start = after === undefined ? 0 : sorted.findIndex(({ loginName }) => loginName === after) + 1
  const page = sorted.slice(start, start + PAGE_SIZE)
  return { items: await toItems(ctx, page), total: rows.length, hasMore: sorted.length > start + PAGE_SIZE }
}

/** Throws ServiceError `not_found`. */
export async function getAccountItem(ctx: ServiceContext, accountId: string): Promise<AccountItem> {
  const [item] = await toItems(ctx, await listAccountRows(asReadonly(ctx.db), { accountId }))
  if (item === undefined) throw new ServiceError('not_found', 'account_unknown')
  return item
}
