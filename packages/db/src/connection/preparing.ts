import type pg from 'pg'
import { askOnWire } from './on-wire.ts'
import type { OwedCommits } from './owed-commits.ts'
import type { StatementNames } from './statement-names.ts'

/** What a dialect asks of a connection. */
export interface PreparingClient {
  query(text: string, values: unknown[]): Promise<pg.QueryResult<object>>
  release(isBroken?: boolean): void
}

const prepared = new WeakMap<pg.PoolClient, PreparingClient>()

/**
 * A connection that keeps statements prepared which are marked so; see `kept`. The same one for the same client. An owed
 * commit goes ahead of the statement.
 */
export function preparing(client: pg.PoolClient, names: StatementNames, owed: OwedCommits): PreparingClient {
  const known = prepared.get(client)
  if (known !== undefined) return known
  const ask = (text: string, values: unknown[]): Promise<pg.QueryResult<object>> => {
    const name = names.nameOf(text)
    return name === undefined ? client.query(text, values) : client.query({ name, text, values })
  }
  const made: PreparingClient = {
    query: async (text, values) => {
      if (!owed.take(client)) return await ask(text, values)
      const [, answer] = await askOnWire(client, () => [client.query('commit'), ask(text, values)])
      if (answer?.status === 'fulfilled') return answer.value
      throw answer?.reason
    },
    release: (isBroken) => client.release(isBroken),
  }
  prepared.set(client, made)
  return made
}

/** The one that `preparing` made of it. */
export function findPrepared(client: pg.PoolClient): PreparingClient | undefined {
  return prepared.get(client)
}
