import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** How far a sequence has counted. */
export interface SequenceState {
  readonly name: string
  readonly lastValue: number
  /** False: the next value is `lastValue` itself. */
  readonly isCalled: boolean
}

/** Of every sequence of the schema `public`, those of identity columns among them; by name. */
export async function listSequences(trx: Db): Promise<readonly SequenceState[]> {
  const { rows } = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relkind = 'S' and relnamespace = 'public'::regnamespace order by relname collate "C"`.execute(trx)
  const states: SequenceState[] = []
  for (const { name } of rows) {
    const state = await sql<Omit<SequenceState, 'name'>>`
      select last_value as "lastValue", is_called as "isCalled" from ${sql.id('public', name)}`.execute(trx)
    states.push(...state.rows.map((row) => ({ name, ...row })))
  }
  return states
}

/** Lets a sequence go on from there. Not undone with the transaction, unless the sequence was made in it. */
export async function setSequence(trx: Db, { isCalled, lastValue, name }: SequenceState): Promise<void> {
  await sql`select setval(format('public.%I', ${name}::text)::regclass, ${lastValue}::bigint, ${isCalled}::boolean)`.execute(
    trx,
  )
}
