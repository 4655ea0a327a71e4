import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { ReadonlyDb } from '../db.ts'
import { askOnWire } from '../connection/on-wire.ts'
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

async function askAll(client: pg.PoolClient, questions: readonly Question<unknown>[]): Promise<unknown[]> {
  const asker = findPrepared(client) ?? client
  const answers = await askOnWire(client, () =>
    questions.map((question) => {
      const { parameters, sql } = question.compile()
      return asker.query(sql, [...parameters])
    }),
  )
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
    return (await askAll(client, questions)) as unknown as Answers<T>
  }
  const answers: unknown[] = []
  for (const question of questions) answers.push(await question.execute())
  // Safe: the same.
  return answers as unknown as Answers<T>
}
