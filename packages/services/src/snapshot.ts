import {
  asReadonly,
  type Db,
  findQuarterEndOfCheck,
  listQuarterEndsOfEvent,
  type ReadonlyDb,
  type TransactionOptions,
  withScope,
  withTransaction,
} from '@zhidu/db'
import { localDateOf, type PlainDate, type Quarter, quarterRange, type TreeChoice } from '@zhidu/domain'
import type { ServiceContext } from './context.ts'
import { ServiceError } from './service-error.ts'

const SNAPSHOT: TransactionOptions = { isolation: 'repeatable read', isReadOnly: true }

/** The day by whose tree a question about a quarter is answered: its last, or the day asked about while it runs. */
export function scopeDay(quarter: Quarter, asOf: number): PlainDate {
  const { lastOn } = quarterRange(quarter)
  const day = localDateOf(asOf)
  return day < lastOn ? day : lastOn
}

/** The same when the tree is chosen: `now` = by that of today, whatever the quarter. */
export function treeDay(ctx: ServiceContext, tree: TreeChoice, quarter: Quarter, asOf: number): PlainDate {
  return tree === 'now' ? localDateOf(ctx.clock()) : scopeDay(quarter, asOf)
}

/** The same for one check: by the tree of its quarter, wherever it is; by today's for one that does not exist. */
export async function checkDay(ctx: ServiceContext, checkCode: string): Promise<PlainDate> {
  const today = localDateOf(ctx.clock())
  const end = await findQuarterEndOfCheck(ctx.db, checkCode)
  return end === null || today < end ? today : end
}

/** The days of one event, oldest first: each unit's part of it is read by the tree of the quarter it learned of it. */
export async function eventDays(ctx: ServiceContext, eventCode: string): Promise<PlainDate[]> {
  const today = localDateOf(ctx.clock())
  const ends = await listQuarterEndsOfEvent(ctx.db, eventCode)
  return [...new Set(ends.map((end) => (today < end ? today : end)))]
}

/**
 * A transaction that reaches what the actor may reach by the tree of a day: everything at the machine, the own subtree for an
 * account or a token. Throws ServiceError `unauthenticated` for nobody.
 */
export function withReach<T>(
  ctx: ServiceContext,
  onDate: PlainDate,
  fn: (trx: Db) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { actor, without } = ctx
  switch (actor.kind) {
    case 'local':
    case 'system':
      return withTransaction(ctx.db, fn, options)
    case 'account': {
      const isInstallationWide = actor.unitCode === null && actor.roles.includes('system_admin')
      const request = { kind: 'account' as const, id: actor.accountId, unitCode: actor.unitCode, isInstallationWide }
      return withScope(ctx.db, { ...request, onDate, without }, fn, options)
    }
    case 'token': {
      const request = { kind: 'token' as const, id: actor.tokenId, unitCode: actor.unitCode, isInstallationWide: false }
      return withScope(ctx.db, { ...request, onDate, without }, fn, options)
    }
    case 'anonymous':
      return Promise.reject(new ServiceError('unauthenticated', 'not_signed_in'))
  }
}

/** Runs a read on one unchanging view of the facts in reach, so that a page never shows half of an import. */
export function withSnapshot<T>(
  ctx: ServiceContext,
  onDate: PlainDate,
  read: (db: ReadonlyDb) => Promise<T>,
): Promise<T> {
  return withReach(ctx, onDate, (trx) => read(asReadonly(trx)), SNAPSHOT)
}

/**
 * Runs a read over every unit's facts: comparison among peers. What leaves it must be bare of anybody's evidence: places,
 * counts, means, and names only of units in reach or at the top.
 */
export function withComparison<T>(ctx: ServiceContext, read: (db: ReadonlyDb) => Promise<T>): Promise<T> {
  return withTransaction(ctx.report, (trx) => read(asReadonly(trx)), SNAPSHOT)
}
