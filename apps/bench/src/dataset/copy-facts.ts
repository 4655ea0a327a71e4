import { randomUUID } from 'node:crypto'
import { copyRows, type CopyValue, type Db, instant, toInstantText, withTransaction } from '@zhidu/db'
import { toElementMask } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ProvinceFacts } from './province-facts.ts'

const REPORT_COLUMNS = [
  'event_code',
  'unit_code',
  'stage',
  'sequence',
  'category',
  'level',
  'occurred_at',
  'learned_at',
  'phoned_at',
  'written_at',
  'elements',
]
const VERSION_COLUMNS = ['import_id', 'recorded_at']

function textOrNull(at: number | null): string | null {
  return at === null ? null : toInstantText(at)
}

function* reportRows(facts: ProvinceFacts, version: readonly CopyValue[]): Generator<CopyValue[]> {
  for (const report of facts.reports()) {
    yield [
      report.eventCode,
      report.unitCode,
      report.stage,
      report.sequence,
      report.category,
      report.level,
      toInstantText(report.occurredAt),
      toInstantText(report.learnedAt),
      textOrNull(report.phonedAt),
      textOrNull(report.writtenAt),
      toElementMask(report.elements),
      ...version,
    ]
  }
}

/** Reports alone, straight into their table: what PostgreSQL itself takes for rows that need no reading and no checking. */
export async function copyReports(trx: Db, facts: ProvinceFacts, version: readonly CopyValue[]): Promise<number> {
  const columns = [...REPORT_COLUMNS, ...VERSION_COLUMNS]
  return await copyRows(trx, { table: 'report', columns }, reportRows(facts, version))
}

/** Which row of an event is judged (contract §5), for all events. */
async function fillEventCases(trx: Db): Promise<void> {
  await sql`
    insert into event_case (unit_code, event_code, category, level, occurred_at, learned_at)
    select distinct on (unit_code, event_code) unit_code, event_code, category, level, occurred_at, learned_at
    from report where replaced_at is null
    order by unit_code, event_code, stage <> 'first', learned_at, stage = 'final', sequence`.execute(trx)
}

/** COPY refuses a table whose policies bind its owner, too; this database is thrown away afterwards. */
async function openToCopy(trx: Db): Promise<void> {
  for (const table of ['unit', 'unit_period', 'report', 'check_record', 'misreport', 'filing', 'bonus'] as const) {
    await sql`alter table ${sql.table(table)} no force row level security`.execute(trx)
  }
}

/**
 * Puts the facts into an empty, migrated database without the product's import and gathers the planner's statistics; rollups
 * are not yet computed.
 * Returns the import's id and instant as values of a row's version columns.
 */
export async function copyFacts(db: Db, facts: ProvinceFacts, recordedAt: number): Promise<readonly CopyValue[]> {
  const importId = randomUUID()
  const version = [importId, toInstantText(recordedAt)]
  await withTransaction(db, async (trx) => {
    await openToCopy(trx)
    await trx
      .insertInto('import_file')
      .values({
        import_id: importId,
        kind: 'reports',
        file_name: 'benchmark',
        sha256: '',
        row_count: facts.reportCount,
        created_count: facts.reportCount,
        updated_count: 0,
        unchanged_count: 0,
        rejected_count: 0,
        imported_at: instant(recordedAt),
      })
      .execute()
    const into = (table: string, columns: readonly string[], rows: Iterable<readonly CopyValue[]>) =>
      copyRows(trx, { table, columns }, rows)
    const versioned = (table: string, columns: readonly string[], rows: readonly (readonly CopyValue[])[]) =>
      into(
        table,
        [...columns, ...VERSION_COLUMNS],
        rows.map((row) => [...row, ...version]),
      )
    const codes = [...new Set(facts.units.map((unit) => unit.unitCode))]
    await into(
      'unit',
      ['unit_code', 'position'],
      codes.map((code, index) => [code, index + 1]),
    )
    await versioned(
      'unit_period',
      'unit_code valid_from valid_to name short_name parent_code tier peer_group duty_mode'.split(' '),
      facts.units.map((unit) => [
        unit.unitCode,
        unit.validFrom,
        unit.validTo,
        unit.name,
        unit.shortName,
        unit.parentCode,
        unit.tier,
        unit.peerGroup,
        unit.dutyMode,
      ]),
    )
    await copyReports(trx, facts, version)
    await fillEventCases(trx)
    await versioned(
      'check_record',
      'check_code unit_code method checked_at inspectors findings note'.split(' '),
      facts.checks.map((check) => [
        check.checkCode,
        check.unitCode,
        check.method,
        toInstantText(check.checkedAt),
        check.inspectors,
        check.findings,
        check.note,
      ]),
    )
    await versioned(
      'misreport',
      'misreport_code unit_code event_code kind confirmed_on basis'.split(' '),
      facts.misreports.map((one) => [
        one.misreportCode,
        one.unitCode,
        one.eventCode,
        one.kind,
        one.confirmedOn,
        one.basis,
      ]),
    )
    await versioned(
      'filing',
      'unit_code holiday_year holiday_name form received_at'.split(' '),
      facts.filings.map((one) => [
        one.unitCode,
        one.holidayYear,
        one.holidayName,
        one.form,
        textOrNull(one.receivedAt),
      ]),
    )
    await versioned(
      'bonus',
      'bonus_code unit_code kind awarded_on event_code'.split(' '),
      facts.bonuses.map((one) => [one.bonusCode, one.unitCode, one.kind, one.awardedOn, one.eventCode]),
    )
  })
  await sql`analyze`.execute(db)
  return version
}
