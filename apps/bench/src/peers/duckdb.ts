import { readFileSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { ELEMENTS, type HolidayBlock, quarterRange, toLocalIso } from '@zhidu/domain'
import type { FactFiles } from '../dataset/fact-files.ts'
import { type LeagueRecord, RECORD_FIELDS } from './league-record.ts'
import type { LeagueQuestion } from './plain-sql.ts'

const LEAGUE_SQL = readFileSync(new URL('league.duckdb.sql', import.meta.url), 'utf8')

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Columns without a type are text. */
function readCsv(path: string, types: Readonly<Record<string, string>> = {}): string {
  const casts = Object.entries(types).map(([column, type]) => `${column}: ${quote(type)}`)
  return `read_csv(${quote(path)}, header = true, delim = ',', quote = '"', auto_detect = false, columns = {${casts.join(', ')}})`
}

const REPORT_TYPES = {
  event_code: 'varchar',
  unit_code: 'varchar',
  stage: 'varchar',
  sequence: 'integer',
  category: 'varchar',
  level: 'varchar',
  occurred_at: 'timestamp',
  learned_at: 'timestamp',
  phoned_at: 'timestamp',
  written_at: 'timestamp',
  elements: 'varchar',
}
const UNIT_TYPES = {
  unit_code: 'varchar',
  name: 'varchar',
  short_name: 'varchar',
  parent_code: 'varchar',
  tier: 'varchar',
  peer_group: 'varchar',
  duty_mode: 'varchar',
  valid_from: 'date',
  valid_to: 'date',
}
const CHECK_TYPES = {
  check_code: 'varchar',
  unit_code: 'varchar',
  method: 'varchar',
  checked_at: 'timestamp',
  inspectors: 'varchar',
  findings: 'varchar',
  note: 'varchar',
}
const MISREPORT_TYPES = {
  misreport_code: 'varchar',
  unit_code: 'varchar',
  event_code: 'varchar',
  kind: 'varchar',
  confirmed_on: 'date',
  basis: 'varchar',
}
const FILING_TYPES = { unit_code: 'varchar', holiday: 'varchar', form: 'varchar', received_at: 'timestamp' }
const BONUS_TYPES = {
  bonus_code: 'varchar',
  unit_code: 'varchar',
  kind: 'varchar',
  awarded_on: 'date',
  event_code: 'varchar',
}

/** The set of elements as bits, as the product's own table holds it. */
const ELEMENT_BITS = `coalesce(list_sum(list_transform(string_split(elements, ';'),
  lambda key: (1 << (list_position([${ELEMENTS.map(quote).join(', ')}], key) - 1)))), 0)::integer`

/** The facts in tables of DuckDB's own, in memory, read by it from the same files. */
export class DuckDbLeague {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance
    this.#connection = connection
  }

  static async load(files: FactFiles, holidays: readonly HolidayBlock[]): Promise<DuckDbLeague> {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const blocks = holidays.map(
      ({ firstDayOff, name, year }) => `(${year}, ${quote(name)}, date ${quote(firstDayOff)})`,
    )
    const statements = [
      `create table unit_period as select * from ${readCsv(files.units, UNIT_TYPES)}`,
      `create table unit as select unit_code, min(rowid) as position from unit_period group by unit_code`,
      `create table report as select * exclude (elements, category, sequence), coalesce(sequence, 0) as sequence,
        ${ELEMENT_BITS} as elements from ${readCsv(files.reports, REPORT_TYPES)}`,
      `create table check_record as select check_code, unit_code, checked_at,
        case when findings is null then [] else string_split(findings, ';') end as findings
        from ${readCsv(files.checks, CHECK_TYPES)}`,
      `create table misreport as select * from ${readCsv(files.misreports, MISREPORT_TYPES)}`,
      `create table filing as select * from ${readCsv(files.filings, FILING_TYPES)}`,
      `create table bonus as select * from ${readCsv(files.bonuses, BONUS_TYPES)}`,
      `create table holiday as select * from (values ${blocks.join(', ')}) as block (year, name, first_day_off)`,
    ]
    for (const statement of statements) await connection.run(statement)
    return new DuckDbLeague(instance, connection)
  }

  async ask({ asOf, group, quarter }: LeagueQuestion): Promise<LeagueRecord[]> {
    const { firstOn, lastOn } = quarterRange(quarter)
    const localAsOf = toLocalIso(asOf).slice(0, 19)
    const reader = await this.#connection.runAndReadAll(LEAGUE_SQL, [firstOn, lastOn, localAsOf, group])
    return reader.getRowObjectsJS().map(toLeagueRecord)
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

function toLeagueRecord(row: Readonly<Record<string, unknown>>): LeagueRecord {
  const values = RECORD_FIELDS.map((field) => {
    const value = row[field]
    return [field, typeof value === 'bigint' ? Number(value) : value]
  })
  // Safe: the query gives every field, and the agreement with the product's table is checked before anything is timed.
  return Object.fromEntries(values) as LeagueRecord
}
