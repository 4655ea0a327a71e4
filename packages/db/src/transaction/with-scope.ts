import type { PlainDate } from '@zhidu/domain'
import type { Transaction } from 'kysely'
import pg from 'pg'
import type { Db } from '../db.ts'
import type { Database } from '../schema.ts'
import { memoryOf, type Stamps } from './remember.ts'
import { giveScope, type Scope } from './scope.ts'
import { type TransactionOptions, withOpenedTransaction } from './with-transaction.ts'

/** Who asks, and by the tree of which day. */
export interface ScopeRequest {
  readonly kind: 'account' | 'token'
  /** account_id or token_id. */
  readonly id: string
  /** Of the account or token; null = of no unit. */
  readonly unitCode: string | null
  /** True for the system administrator of no unit: the whole installation. */
  readonly isInstallationWide: boolean
  readonly onDate: PlainDate
  /** Tests only; see Scope. */
  readonly without?: string | undefined
}

interface Entered {
  /** Units without one above, as far as the asker sees them. */
  readonly tops: string[] | null
  readonly reach: string[] | null
  readonly below: string[] | null
  readonly rules: string
  readonly units: string
}

/** Says who asks, and what follows from it, in one statement; see the migration. */
function toOpening({ id, kind, onDate, unitCode }: ScopeRequest): string {
  const [scope, day, unit] = [`${kind}:${id}`, onDate, unitCode].map((text) =>
    text === null ? 'null' : pg.escapeLiteral(text),
  )
  return `select * from enter_scope(${scope}, ${day}, ${unit})`
}

/** The units of the subtree on the day, null when it is the whole installation, and those one level below. */
function toReach(
  { isInstallationWide, onDate, unitCode }: ScopeRequest,
  found: Entered,
): { readonly scope: Scope; readonly stamps: Stamps } {
  const reach = found.reach ?? []
  const stamps = { rules: found.rules, units: `${unitCode}/${onDate}/${reach.length}/${found.units}` }
  if (unitCode === null) return { scope: { unitCodes: isInstallationWide ? null : [], below: [] }, stamps }
  const isTop = found.tops?.length === 1 && found.tops[0] === unitCode
  return { scope: { unitCodes: isTop ? null : reach, below: found.below ?? [] }, stamps }
}

/**
 * A transaction that reaches the asker's subtree and nothing else, by both nets: the settings that row-level security reads,
 * local to the transaction, and the bound that every query adds.
 */
export function withScope<T>(
  db: Db,
  request: ScopeRequest,
  fn: (trx: Transaction<Database>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return withOpenedTransaction(
    db,
    toOpening(request),
    async (trx, [entered]) => {
      // Safe: the columns of the function.
      const { scope, stamps } = toReach(request, entered as Entered)
      const { without } = request
      // What a transaction writes itself would be kept as if it had been there before; who is of no unit has no tree to go by.
      const keeps = options.isReadOnly === true && without === undefined && request.unitCode !== null
      const memory = keeps ? { memory: { memory: memoryOf(db), stamps } } : {}
      giveScope(trx, { ...scope, ...memory, ...(without === undefined ? {} : { without }) })
      return await fn(trx)
    },
    options,
  )
}
