import { randomUUID } from 'node:crypto'
import type { ObligationPage, ReopenInput } from '@zhidu/contract'
import { asReadonly, type Db, insertReopening, isBelow, isQuarterFrozen } from '@zhidu/db'
import { checkReopening, cutToSecond, toLocalIso } from '@zhidu/domain'
import type { Actor } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { ServiceError } from '../service-error.ts'
import { readObligation } from './get-obligation.ts'

/** The name that stands beside a re-opening for good. */
function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.displayName
    case 'local':
    case 'token':
      return actor.name
    case 'system':
    case 'anonymous':
      throw new ServiceError('forbidden', 'role_forbids')
  }
}

async function reopen(trx: Db, ctx: ServiceContext, input: ReopenInput): Promise<ObligationPage> {
  const db = asReadonly(trx)
  const { kind, quarter, ref, unitCode } = input
  await lockFacts(trx)
  const now = cutToSecond(ctx.clock())
  const { obligation } = await readObligation(db, ctx, input, now)
  if (!isBelow(trx, unitCode)) throw new ServiceError('forbidden', 'reopening_not_below')
  if (await isQuarterFrozen(db, quarter)) throw new ServiceError('conflict', 'quarter_frozen', { quarter })
  const until = Date.parse(input.until)
  const standing = { now, dueAt: Date.parse(obligation.dueAt), outcome: obligation.outcome }
  const problem = checkReopening({ until, reason: input.reason }, standing)
  if (problem !== null) throw new ServiceError('invalid', `reopening_${problem}`)
  await insertReopening(trx, randomUUID(), {
    unitCode,
    obligation: kind,
    ref,
    until,
    reopenedAt: now,
    reopenedBy: nameOf(ctx.actor),
    reason: input.reason.trim(),
  })
  await refreshUnitQuarters(trx, {
    touched: [{ unitCode, quarter }],
    asOf: now,
    obligations: { cause: 'corrected', sorts: [kind === 'filing' ? 'filings' : 'events'] },
  })
  return await readObligation(db, ctx, input, now)
}

/**
 * Gives something owed a later end, for a reason: a unit one level below, by a named person, in a quarter that is not frozen.
 * Nothing is taken back; a later re-opening adds. Throws ServiceError `not_found`, `forbidden`, `conflict` or `invalid`.
 */
export function reopenObligation(ctx: ServiceContext, input: ReopenInput): Promise<ObligationPage> {
  const { kind, quarter, reason, ref, unitCode, until } = input
  const note = {
    action: 'obligation.reopen',
    object: `obligation/${unitCode}/${kind}/${ref}`,
    detail: { quarter, until: toLocalIso(Date.parse(until)), reason: reason.trim() },
  }
  return withChange(ctx, note, (trx) => reopen(trx, ctx, input))
}
