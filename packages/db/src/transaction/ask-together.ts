import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { ReadonlyDb } from '../db.ts'
import { findPrepared } from '../connection/preparing.ts'
import { findClientOf } from './with-transaction.ts'

/** A statement as Kysely builds it. */
interface Question<Row> {
  compile(): CompiledQuery<Row>
  execute(): Promise<Row[]>
}

type Answers<T extends readonly Question<unknown>[]> = {
  [K in keyof T]: T[K] extends Question<infer Row> ? Row[] : never
}

/** What of a connection has no type: the stream it writes to, and whether statements may be sent before others are answered. */
interface Wire {
  pipeline: boolean
  readonly connection: { readonly stream: { cork(): void; uncork(): void } }
}

/** How many groups of questions wait for their answers on each connection. */
const waiting = new WeakMap<pg.PoolClient, number>()

async function askOnWire(client: pg.PoolClient, questions: readonly Question<unknown>[]): Promise<unknown[]> {
  // Safe: members that `pg` has from 8.23 on; the tests of this file go red without them.
  const wire = client as unknown as Wire
  const { stream } = wire.connection
  const asker = findPrepared(client) ?? client
  waiting.set(client, (waiting.get(client) ?? 0) + 1)
  wire.pipeline = true
  stream.cork()
  const asked = questions.map((question) => {
    const { parameters, sql } = question.compile()
    return asker.query(sql, [...parameters])
  })
  stream.uncork()
  // All have to be answered before the connection asks one at a time again.
  const answers = await Promise.allSettled(asked)
  const others = (waiting.get(client) ?? 1) - 1
  waiting.set(client, others)
  wire.pipeline = others > 0
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason
    return answer.value.rows
  })
}

/**
 * Answers of several statements that do not need each other's, sent on one way to the database: each way costs both sides more
 * than most statements do. In a transaction; with any other handle one after another. Throws what the first that failed threw.
 */
export async function askTogether<const T extends readonly Question<unknown>[]>(
  db: ReadonlyDb,
  questions: T,
): Promise<Answers<T>> {
  const client = findClientOf(db)
  if (client !== undefined) {
    // Safe: one list of rows for each question, in their order.
    return (await askOnWire(client, questions)) as unknown as Answers<T>
  }
  const answers: unknown[] = []
  for (const question of questions) answers.push(await question.execute())
  // Safe: the same.
  return answers as unknown as Answers<T>
}
