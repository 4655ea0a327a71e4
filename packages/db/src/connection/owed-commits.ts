import type pg from 'pg'

/** So long an ended reading transaction waits for somebody to take its connection, in ms. */
const GRACE_MS = 2

/**
 * Commits of reading transactions that were not sent yet: they go with the next statement of their connection, one way to the
 * database less for each request. Only for pools whose connections nobody takes but the dialect.
 */
export class OwedCommits {
  readonly #owed = new Map<pg.PoolClient, NodeJS.Timeout>()

  owe(client: pg.PoolClient): void {
    const timer = setTimeout(() => {
      // A connection that cannot is replaced by the pool.
      if (this.take(client)) client.query('commit').catch(() => undefined)
    }, GRACE_MS)
    this.#owed.set(client, timer)
  }

  /** True = the caller has to send it, ahead of what it asks. */
  take(client: pg.PoolClient): boolean {
    const timer = this.#owed.get(client)
    clearTimeout(timer)
    this.#owed.delete(client)
    return timer !== undefined
  }
}
