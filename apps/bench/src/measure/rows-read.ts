import { setTimeout as sleep } from 'node:timers/promises'
import { type EngineSource, type OpenDatabase, openDatabase } from '@zhidu/db'

/** Statistics of an ended connection arrive a moment after it has gone. */
const SETTLED_AFTER_MS = 400

async function countSoFar(observer: OpenDatabase): Promise<number> {
  const { rows } = await observer.pool.query<{ count: number }>(
    'select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::float8 as count from pg_stat_user_tables',
  )
  return rows[0]?.count ?? 0
}

/** The count once two looks at it agree and it is more than `floor`. */
async function settledCount(observer: OpenDatabase, floor: number): Promise<number> {
  for (let last = -1; ;) {
    const now = await countSoFar(observer)
    if (now === last && now > floor) return now
    last = now
    await sleep(SETTLED_AFTER_MS)
  }
}

/**
 * How many rows of tables `work` made PostgreSQL read. It gets connections of its own, because a connection tells all it
 * has read when it ends; nobody else may use the database meanwhile. `work` must read something.
 */
export async function countRowsRead(
  source: EngineSource,
  observer: OpenDatabase,
  work: (database: OpenDatabase) => Promise<unknown>,
): Promise<number> {
  const before = await settledCount(observer, -1)
  const database = await openDatabase(source)
  try {
    await work(database)
  } finally {
    await database.close()
  }
  return (await settledCount(observer, before)) - before
}
