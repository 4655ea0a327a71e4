import type { PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import type { StatementNames } from './statement-names.ts'

/** A connection that keeps statements prepared which are marked so; see `kept`. */
export function preparing(client: pg.PoolClient, names: StatementNames): PostgresPoolClient {
  const query = (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    const name = names.nameOf(text)
    return name === undefined ? client.query(text, values) : client.query({ name, text, values })
  }
  const release = (isBroken?: boolean): void => client.release(isBroken)
  // Safe: of a connection the dialect asks for these alone; it streams nothing.
  return { query, release } as unknown as PostgresPoolClient
}
