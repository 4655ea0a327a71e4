import type { PlainDate } from '@zhidu/domain'
import { sql, type Transaction } from 'kysely'
import type { Db } from '../db.ts'
import type { Database } from '../schema.ts'
import { memoryOf, type Stamps } from './remember.ts'
import { giveScope } from './scope.ts'
import { type TransactionOptions, withTransaction } from './with-transaction.ts'

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

interface Reach {
  readonly unitCodes: string[] | null
  readonly below: string[]
  readonly stamps: Stamps
}

/** The units of the subtree on the day, null when it is the whole installation, and those one level below. */
async function listReach(trx: Db, { isInstallationWide, onDate, unitCode }: ScopeRequest): Promise<Reach> {
  const { rows } = await sql<{
    tops: string[] | null
    reach: string[] | null
    below: string[] | null
    rules: string
    units: string
  }>`
    select
      (select array_agg(distinct unit_code) from unit_period where replaced_at is null and parent_code is null) as tops,
      (select array_agg(descendant_code) from unit_closure where ancestor_code = ${unitCode}
        and valid_from <= ${onDate}::date and ${onDate}::date < valid_to) as reach,
      (select array_agg(descendant_code) from unit_closure where ancestor_code = ${unitCode} and depth = 1
        and valid_from <= ${onDate}::date and ${onDate}::date < valid_to) as below,
      concat_ws('/', (select concat(count(*), '.', max(xmin::text::bigint)) from regulation),
        (select concat(count(*), '.', max(xmin::text::bigint)) from holiday),
        (select concat(count(*), '.', max(xmin::text::bigint)) from setting)) as rules,
      (select concat(count(*), '.', max(xmin::text::bigint)) from unit_closure where ancestor_code = ${unitCode}) as units`.execute(
    trx,
  )
  const [found] = rows
  const reach = found?.reach ?? []
  const stamps = { rules: found?.rules ?? '', units: `${unitCode}/${onDate}/${reach.length}/${found?.units}` }
  if (unitCode === null) return { unitCodes: isInstallationWide ? null : [], below: [], stamps }
  const isTop = found?.tops?.length === 1 && found.tops[0] === unitCode
  return { unitCodes: isTop ? null : reach, below: found?.below ?? [], stamps }
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
  return withTransaction(
    db,
    async (trx) => {
      await sql`select set_config('zhidu.scope', ${`${request.kind}:${request.id}`}, true),
        set_config('zhidu.on_date', ${request.onDate}, true)`.execute(trx)
      const { stamps, ...reach } = await listReach(trx, request)
      const { without } = request
      // What a transaction writes itself would be kept as if it had been there before; who is of no unit has no tree to go by.
      const keeps = options.isReadOnly === true && without === undefined && request.unitCode !== null
      const memory = keeps ? { memory: { memory: memoryOf(db), stamps } } : {}
      giveScope(trx, { ...reach, ...memory, ...(without === undefined ? {} : { without }) })
      return await fn(trx)
    },
    options,
  )
}
