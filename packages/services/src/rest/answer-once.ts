import { claimIdempotencyKey, type Db, releaseIdempotencyKey, storeIdempotentAnswer, withTransaction } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { tokenOf } from './token-of.ts'

const KEPT_MS = 24 * 3_600_000
/** Longest a write may work. */
export const WORK_MS = 10 * 60_000
/** Work without an end is given up after this; longer than any work lasts. */
const ABANDONED_MS = 15 * 60_000

export interface RestAnswer {
  readonly status: number
  /** JSON. */
  readonly body: string
  /** True for an answer given before. */
  readonly isReplay: boolean
}

/** What `work` calls inside the transaction that writes, so that effect and answer are kept together. */
export type KeepAnswer = (trx: Db, answer: Omit<RestAnswer, 'isReplay'>) => Promise<void>

/**
 * Gives one answer to all requests of a key: the first runs `work`, the others get what it answered. Throws ServiceError
 * `invalid` when the key came with another request, `conflict` while the first is at work. A refusal thrown by `work` is not
 * kept. `key` null = every request stands for itself.
 */
export async function answerOnce(
  ctx: ServiceContext,
  request: { readonly key: string | null; readonly hash: Buffer },
  work: (keep: KeepAnswer) => Promise<Omit<RestAnswer, 'isReplay'>>,
): Promise<RestAnswer> {
  if (request.key === null) return { ...(await work(() => Promise.resolve())), isReplay: false }
  const now = ctx.clock()
  const name = { actor: `token:${tokenOf(ctx).tokenId}`, key: request.key }
  const times = { now, keptSince: now - KEPT_MS, aliveSince: now - ABANDONED_MS }
  const claim = await withTransaction(ctx.db, (trx) =>
    claimIdempotencyKey(trx, name, { requestHash: request.hash, ...times }),
  )
  if (claim.state === 'known') {
    if (!claim.requestHash.equals(request.hash)) throw new ServiceError('invalid', 'idempotency_key_reused')
    const { response, status } = claim
    if (status === null || response === null) throw new ServiceError('conflict', 'idempotency_in_flight')
    return { status, body: response, isReplay: true }
  }
  let isKept = false
  const keep: KeepAnswer = async (trx, { body, status }) => {
    await storeIdempotentAnswer(trx, name, { claimedAt: now, status, response: body })
    isKept = true
  }
  try {
    const answer = await work(keep)
    // What was written has kept its answer with it; a refusal or a dry run has not.
    if (!isKept) await withTransaction(ctx.db, (trx) => keep(trx, answer))
    return { ...answer, isReplay: false }
  } catch (error) {
    await withTransaction(ctx.db, (trx) => releaseIdempotencyKey(trx, name, now))
    throw error
  }
}
