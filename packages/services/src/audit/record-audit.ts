import { type AuditBody, toAuditText } from '@zhidu/audit'
import { appendAudit, type Db, type TransactionOptions, withTransaction } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { addressOf, toAuditActor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import type { ServiceError } from '../service-error.ts'
import { withReach } from '../snapshot.ts'

type Detail = AuditBody['detail']

/** What a change is to the audit trail; `object` and `detail` may be completed while it happens. */
export interface ChangeNote {
  /** Path of the procedure, `account.create`, or the command's name, `import`. */
  readonly action: string
  /** `account/<id>`, `check/<code>`; null = nothing in particular. */
  object: string | null
  detail: Detail
}

/** PostgreSQL keeps no U+0000. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD')
}

function toText(ctx: ServiceContext, note: ChangeNote, outcome: 'done' | 'refused', reason: string | null): string {
  const { actor } = ctx
  const isViewing = actor.kind === 'account' && actor.viewer !== null
  const viewedAs: Detail = isViewing ? { viewingAs: actor.accountId } : {}
  const text = toAuditText({
    v: 1,
    at: new Date(ctx.clock()).toISOString(),
    actor: toAuditActor(actor),
    from: addressOf(actor),
    action: note.action,
    object: note.object,
    outcome,
    reason,
    detail: { ...viewedAs, ...note.detail },
  })
  return withoutNul(text.replaceAll('\\u0000', '\\ufffd'))
}

/** One entry in the caller's transaction; append it last, others wait for it. */
export async function appendDone(ctx: ServiceContext, trx: Db, note: ChangeNote): Promise<void> {
  await appendAudit(trx, toText(ctx, note, 'done', null))
}

/** A refusal that changes something itself (a counter): its entry goes into that transaction. */
export async function appendRefused(ctx: ServiceContext, trx: Db, note: ChangeNote, reason: string): Promise<void> {
  await appendAudit(trx, toText(ctx, note, 'refused', reason))
}

/**
 * Runs a change in one transaction within the actor's reach of today, and appends its one audit entry last: no entry, no
 * change. `fn` may complete the note. A thrown refusal rolls everything back; the edge then records it by `recordRefusal`.
 */
export function withChange<T>(
  ctx: ServiceContext,
  what: { readonly action: string; readonly object?: string | null; readonly detail?: Detail },
  fn: (trx: Db, note: ChangeNote) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return withReach(
    ctx,
    localDateOf(ctx.clock()),
    async (trx) => {
      const note: ChangeNote = { action: what.action, object: what.object ?? null, detail: what.detail ?? {} }
      const result = await fn(trx, note)
      await appendDone(ctx, trx, note)
      return result
    },
    options,
  )
}

/**
 * The same for what happens before anybody is known, or about accounts alone: no reach to facts, any actor. `fn` appends
 * a refusal itself when it commits one.
 */
export function withAccountChange<T>(
  ctx: ServiceContext,
  what: { readonly action: string; readonly object?: string | null; readonly detail?: Detail },
  fn: (trx: Db, note: ChangeNote) => Promise<T>,
): Promise<T> {
  return withTransaction(ctx.db, async (trx) => {
    const note: ChangeNote = { action: what.action, object: what.object ?? null, detail: what.detail ?? {} }
    const result = await fn(trx, note)
    await appendDone(ctx, trx, note)
    return result
  })
}

/** Records a refusal, in a transaction of its own. Does nothing for one that its service has recorded (`isAudited`). */
export async function recordRefusal(
  ctx: ServiceContext,
  what: { readonly action: string; readonly object?: string | null; readonly detail?: Detail },
  refusal: Pick<ServiceError, 'reason' | 'isAudited'>,
): Promise<void> {
  if (refusal.isAudited) return
  const note: ChangeNote = { action: what.action, object: what.object ?? null, detail: what.detail ?? {} }
  await withTransaction(ctx.db, (trx) => appendRefused(ctx, trx, note, refusal.reason))
}
