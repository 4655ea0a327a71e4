import type pg from 'pg'
import type { StatementNames } from './statement-names.ts'

/** What a dialect asks of a connection. */
export interface PreparingClient {
  query(text: string, values: unknown[]): Promise<pg.QueryResult<object>>
  release(isBroken?: boolean): void
}

const prepared = new WeakMap<pg.PoolClient, PreparingClient>()

/** A connection that keeps statements prepared which are marked so; see `kept`. The same one for the same client. */
export function preparing(client: pg.PoolClient, names: StatementNames): PreparingClient {
  const known = prepared.get(client)
  if (known !== undefined) return known
  const made: PreparingClient = {
    query: (text, values) => {
      const name = names.nameOf(text)
      return name === undefined ? client.query(text, values) : client.query({ name, text, values })
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
