import { type Db, lockForTransaction } from '@zhidu/db'

/** One writer of facts and rollups at a time; held until the transaction ends. */
export function lockFacts(trx: Db): Promise<void> {
  return lockForTransaction(trx, 'facts')
}
