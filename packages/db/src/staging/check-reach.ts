import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { findScope } from '../transaction/scope.ts'
import { markBadRows } from './create-stage.ts'
import { STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

/** Kinds that judge a unit: only its direct superior may bring them. */
const FINDINGS: ReadonlySet<StageKindKey> = new Set(['checks', 'misreports', 'adoptions'])
/** Kinds whose code is one of the whole installation. */
const WITH_CODE = {
  checks: 'check_code',
  misreports: 'misreport_code',
  bonuses: 'bonus_code',
  leads: 'lead_code',
} as const

function hasCode(key: StageKindKey): key is keyof typeof WITH_CODE {
  return key in WITH_CODE
}

async function refuseSkippedLevels(trx: Db, below: readonly string[]): Promise<void> {
  await sql`
    insert into import_issue (row_number, is_warning, column_key, value, code, params)
    select s.row_number, false, 'unit_code', left(s.unit_code, 200), 'unit_not_below', '{}'
    from import_stage s
    where not s.is_bad and s.unit_code <> all (${below}::text[])
    order by s.row_number`.execute(trx)
}

/** A lead that names no unit belongs to the top of the installation. */
async function refuseUnplaced(trx: Db): Promise<void> {
  await sql`
    insert into import_issue (row_number, is_warning, column_key, value, code, params)
    select s.row_number, false, 'unit_code', null, 'unit_needed', '{}'
    from import_stage s where s.unit_code is null order by s.row_number`.execute(trx)
}

/** Codes borne by a record that this account may not change; whose it is stays untold. */
async function refuseTakenCodes(trx: Db, key: keyof typeof WITH_CODE, writable: readonly string[]): Promise<void> {
  const code = WITH_CODE[key]
  const { table } = STAGE_KINDS[key]
  await sql`
    insert into import_issue (row_number, is_warning, column_key, value, code, params)
    select s.row_number, false, ${code}, left(s.${sql.ref(code)}, 200), 'code_taken', '{}'
    from import_stage s
    where not s.is_bad and code_is_taken(${key}, s.${sql.ref(code)}) and not exists (
      select from ${sql.table(table)} t
      where t.${sql.ref(code)} = s.${sql.ref(code)} and t.replaced_at is null and t.unit_code = any (${writable}::text[]))
    order by s.row_number`.execute(trx)
}

/**
 * Refuses what an account may not bring beyond what `checkStage` finds unknown: leads of no unit, findings about any units but
 * those one level below, and codes that others' records bear. Does nothing for the owner's work.
 */
export async function checkReach(trx: Db, key: StageKindKey): Promise<void> {
  const scope = findScope(trx)
  if (scope?.below === undefined) return
  if (key === 'leads' && scope.unitCodes !== null) {
    await refuseUnplaced(trx)
    await markBadRows(trx)
  }
  const writable = FINDINGS.has(key) ? scope.below : scope.unitCodes
  if (FINDINGS.has(key)) {
    await refuseSkippedLevels(trx, scope.below)
    await markBadRows(trx)
  }
  if (hasCode(key) && writable !== null) {
    await refuseTakenCodes(trx, key, writable)
    await markBadRows(trx)
  }
}
