import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** A key of a request as its sender chose it; `actor` keeps the keys of different senders apart. */
export interface IdempotencyKey {
  readonly actor: string
  readonly key: string
}

export type IdempotencyClaim =
  /** Nobody has asked under this key: the answer is ours to give. */
  | { readonly state: 'claimed' }
  /** Asked before; `status` and `response` null = still at work. */
  | {
      readonly state: 'known'
      readonly requestHash: Buffer
      readonly status: number | null
      readonly response: string | null
    }

/**
 * Takes a key for a request, or tells what is known of it. All instants epoch ms: answers from before `keptSince` and work
 * begun before `aliveSince` without an end are forgotten first.
 */
export async function claimIdempotencyKey(
  db: Db,
  { actor, key }: IdempotencyKey,
  args: {
    readonly requestHash: Buffer
    readonly now: number
    readonly keptSince: number
    readonly aliveSince: number
  },
): Promise<IdempotencyClaim> {
  await db
    .deleteFrom('idempotency')
    .where('actor', '=', actor)
    .where((where) =>
      where.or([
        where('created_at', '<=', instant(args.keptSince)),
        where.and([where('status', 'is', null), where('created_at', '<=', instant(args.aliveSince))]),
      ]),
    )
    .execute()
  const claimed = await db
    .insertInto('idempotency')
    .values({ actor, key, request_hash: args.requestHash, created_at: instant(args.now) })
    .onConflict((conflict) => conflict.columns(['actor', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed !== undefined) return { state: 'claimed' }
  const known = await db
    .selectFrom('idempotency')
    .select(['request_hash as requestHash', 'status', 'response'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst()
  // Given up between the two statements: whoever asks again finds it free.
  return { state: 'known', ...(known ?? { requestHash: args.requestHash, status: null, response: null }) }
}

/** Keeps the answer to the claim made at `claimedAt` (epoch ms). */
export async function storeIdempotentAnswer(
  db: Db,
  { actor, key }: IdempotencyKey,
  answer: { readonly claimedAt: number; readonly status: number; readonly response: string },
): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ status: answer.status, response: answer.response })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('created_at', '=', instant(answer.claimedAt))
    .execute()
}

/** Gives up a claim without an answer, so that the request may be sent again. */
export async function releaseIdempotencyKey(db: Db, { actor, key }: IdempotencyKey, claimedAt: number): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('status', 'is', null)
    .where('created_at', '=', instant(claimedAt))
    .execute()
}
