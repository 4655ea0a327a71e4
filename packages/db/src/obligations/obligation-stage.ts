import type { Obligation } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { toInstantText } from '../instant.ts'
import { copyRows, type CopyTarget, type CopyValue } from '../queries/copy-rows.ts'

const TARGET: CopyTarget = {
  table: 'obligation_stage',
  columns: [
    'unit_code',
    'kind',
    'ref',
    'level',
    'arises_at',
    'due_at',
    'clause',
    'turns_at',
    'turns_to',
    'pre_reported_at',
    'reopened_at',
  ],
}

/** Where obligations as computed are compared with those on record; empty, and gone with the transaction. */
export async function createObligationStage(trx: Db): Promise<void> {
  await sql`
    create temporary table if not exists obligation_stage (
      unit_code text collate "C", kind text collate "C", ref text collate "C", level text, arises_at timestamptz,
      due_at timestamptz, clause text, turns_at timestamptz[], turns_to text[], pre_reported_at timestamptz,
      reopened_at timestamptz
    ) on commit drop`.execute(trx)
  await sql`truncate obligation_stage`.execute(trx)
}

function textOf(at: number): string {
  return at === -Infinity ? '-infinity' : toInstantText(at)
}

function orNull(at: number | null): string | null {
  return at === null ? null : toInstantText(at)
}

function* toRows(obligations: readonly Obligation[]): Generator<readonly CopyValue[]> {
  for (const one of obligations) {
    yield [
      one.unitCode,
      one.kind,
      one.ref,
      one.level,
      toInstantText(one.arisesAt),
      toInstantText(one.dueAt),
      one.clause,
      one.turns.map(({ at }) => textOf(at)),
      one.turns.map(({ outcome }) => outcome),
      orNull(one.preReportedAt),
      orNull(one.reopenedAt),
    ]
  }
}

/** Adds what some units owe; no unit, kind and ref twice between two settlements. */
export async function stageObligations(trx: Db, obligations: readonly Obligation[]): Promise<void> {
  if (obligations.length > 0) await copyRows(trx, TARGET, toRows(obligations))
}
