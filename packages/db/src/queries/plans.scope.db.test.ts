import { type Quarter, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { poolOf } from '../connection/connect.ts'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { countObligations, listObligationRows } from '../obligations/list-obligations.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import { makeScopeTree } from '../testing/scope-tree.ts'
import { withScope } from '../transaction/with-scope.ts'
import { countQuery } from './count-cases.ts'
import { countReportsOfUnits } from './count-reports-of-units.ts'
import { findCheck } from './find-check.ts'
import { listAdoptionsOfUnits } from './list-adoptions-of-units.ts'
import { listBonusesOfUnits } from './list-bonuses-of-units.ts'
import { listCaseReports } from './list-case-reports.ts'
import { listCases } from './list-cases.ts'
import { listChecks, listCountedChecks } from './list-checks.ts'
import { listChecksOfUnits } from './list-checks-of-units.ts'
import { listDutyLines } from './list-duty-lines.ts'
import { listEventReports } from './list-event-reports.ts'
import { listFilingsOfUnits } from './list-filings-of-units.ts'
import { listLateRosterChanges } from './list-late-roster-changes.ts'
import { listMisreportsOfUnits } from './list-misreports-of-units.ts'
import { listPreReportsOfUnits } from './list-pre-reports-of-units.ts'
import { reportsOfCasesQuery } from './list-reports-of-cases.ts'
import { listRosterAsKnown } from './list-roster-as-known.ts'
import { listRosterCover } from './roster-cover.ts'
import { listUnitQuarters } from './list-unit-quarters.ts'
import { loadCaseFacts } from './load-case-facts.ts'
import { searchCodes } from './search-codes.ts'

const TODAY = toPlainDate('2026-09-30')
const QUARTER: Quarter = toQuarter('2026Q3')
const DAYS = { firstOn: toPlainDate('2026-07-01'), lastOn: TODAY }
const RANGE = { from: Date.UTC(2026, 5, 30, 16), to: Date.UTC(2026, 8, 30, 16) }
/** Within the shifts of the tree. */
const MOMENT = Date.parse('2026-07-03T15:00:00+08:00')
const UNITS = ['A11', 'A111', 'A112', 'A113']
const KEYS = UNITS.map((unitCode) => ({ unitCode, eventCode: `E-${unitCode}` }))
const CASES = { range: RANGE, unitCodes: [], level: null, codePart: null }
const CHECKS = { range: RANGE, unitCodes: [], method: null, finding: null, codePart: null }
const OBLIGATIONS = {
  quarter: QUARTER,
  asOf: RANGE.to,
  unitCode: null,
  kind: null,
  outcome: null,
  level: null,
  preReported: false,
  reopened: false,
} as const

/** Tables that grow with the work of the offices, large enough here for the planner to mind. */
const FACTS = {
  report: 400,
  event_case: 400,
  check_record: 400,
  misreport: 200,
  filing: 200,
  bonus: 200,
  pre_report: 200,
  adoption: 200,
  duty_line: 200,
  roster_shift: 400,
  obligation: 200,
  unit_quarter: 100,
} as const

/** Copies of each unit's row, with keys and days of their own, spread over eight years. */
const KEY_OF: Readonly<Record<keyof typeof FACTS, string>> = {
  report: `jsonb_build_object('event_code', f.event_code || '-' || n)`,
  event_case: `jsonb_build_object('event_code', f.event_code || '-' || n, 'learned_at', f.learned_at - n * interval '7 days',
    'occurred_at', f.occurred_at - n * interval '7 days')`,
  check_record: `jsonb_build_object('check_code', f.check_code || '-' || n, 'checked_at', f.checked_at - n * interval '7 days')`,
  misreport: `jsonb_build_object('misreport_code', f.misreport_code || '-' || n, 'confirmed_on', f.confirmed_on - n * 14)`,
  filing: `jsonb_build_object('holiday_year', 1800 + n)`,
  bonus: `jsonb_build_object('bonus_code', f.bonus_code || '-' || n, 'awarded_on', f.awarded_on - n * 14)`,
  pre_report: `jsonb_build_object('event_code', f.event_code || '-' || n, 'pre_reported_at', f.pre_reported_at - n * interval '14 days')`,
  adoption: `jsonb_build_object('event_code', f.event_code || '-' || n, 'used_on', f.used_on - n * 14)`,
  // Numbers that were replaced, one after another.
  duty_line: `jsonb_build_object('recorded_at', f.recorded_at - n * interval '14 days',
    'replaced_at', f.recorded_at - n * interval '14 days' + interval '14 days', 'replaced_by', f.import_id)`,
  roster_shift: `jsonb_build_object('starts_at', f.starts_at - n * interval '1 day', 'ends_at', f.ends_at - n * interval '1 day')`,
  obligation: `jsonb_build_object('ref', f.ref || '-' || n, 'quarter', (2026 - n / 4) || 'Q' || (n % 4 + 1))`,
  unit_quarter: `jsonb_build_object('quarter', (2025 - n / 4) || 'Q' || (n % 4 + 1))`,
}

let database: TestDatabase
let account: string
const notices: string[] = []

async function enlarge(): Promise<void> {
  const client = await database.pool.connect()
  try {
    // Rows made here follow no rule; what is asked is how they are found.
    await client.query(`set session_replication_role = replica`)
    for (const [table, copies] of Object.entries(FACTS)) {
      const { rows } = await client.query<{ column: string }>(
        `select quote_ident(attname) as column from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''`,
        [table],
      )
      const columns = rows.map(({ column }) => column).join(', ')
      // Safe: both are names of this file.
      const key = KEY_OF[table as keyof typeof FACTS]
      await client.query(
        `insert into ${table} (${columns})
         select ${columns.replaceAll(/(\w+)/g, 'r.$1')} from ${table} f, generate_series(1, ${copies}) n,
           jsonb_populate_record(f, ${key}) r on conflict do nothing`,
      )
    }
    await client.query('set session_replication_role = origin')
    await client.query('analyze')
  } finally {
    client.release()
  }
}

beforeAll(async () => {
  database = await createTestDatabase()
  account = (await makeScopeTree(database)).get('A11') ?? ''
  await enlarge()
  // Every statement that is really run tells its plan to whoever runs it, with the values it was run with.
  for (const setting of [
    `session_preload_libraries = 'auto_explain'`,
    `auto_explain.log_min_duration = 0`,
    `auto_explain.log_nested_statements = off`,
    `client_min_messages = log`,
  ]) {
    await database.pool.query(`alter database ${database.name} set ${setting}`)
  }
  poolOf(database.app).on('connect', (client) => client.on('notice', ({ message }) => notices.push(message ?? '')))
})
afterAll(() => database?.close())

async function drain<T>(pages: AsyncIterable<readonly T[]>): Promise<void> {
  for await (const page of pages) expect(page.length).toBeGreaterThan(0)
}

/** The questions asked most: of the lists, of an event and a check, of search, of a unit's assessment, and of who is on duty. */
const QUESTIONS: Readonly<Record<string, (db: ReadonlyDb) => Promise<unknown>>> = {
  'list of events': (db) => listCases(db, CASES, null, 50),
  'count of events': (db) =>
    countQuery(db, { ...CASES, unitCodes: UNITS, levelsByOccurrence: [], asOf: RANGE.to, limit: 10_000 }).execute(),
  'list of checks': (db) => listChecks(db, CHECKS, null, 50),
  'list of checks with their count': (db) => listCountedChecks(db, { filter: CHECKS, after: null, limit: 50 }, 10_000),
  'list of obligations': (db) => listObligationRows(db, OBLIGATIONS, { sort: 'due', after: null, limit: 50 }),
  'counts of obligations': (db) => countObligations(db, OBLIGATIONS),
  'one event': (db) => listEventReports(db, 'E-A11'),
  'one check': (db) => findCheck(db, 'K-A11'),
  'search of events': (db) => searchCodes(db, 'E-A11', 10),
  'search of checks': (db) => searchCodes(db, 'K-A11', 10),
  'reports of a page of events': (db) => reportsOfCasesQuery(db, KEYS).execute(),
  'facts of a page of events': (db) => loadCaseFacts(db, KEYS),
  'reports of units': (db) => drain(listCaseReports(db, { unitCodes: UNITS, range: RANGE })),
  'count of reports of units': (db) => countReportsOfUnits(db, { unitCodes: UNITS, range: RANGE }),
  'checks of units': (db) => listChecksOfUnits(db, { unitCodes: UNITS, range: RANGE }),
  'filings of units': (db) => listFilingsOfUnits(db, { unitCodes: UNITS, years: [2026] }),
  'misreports of units': (db) => listMisreportsOfUnits(db, { unitCodes: UNITS, ...DAYS }),
  'bonuses of units': (db) => listBonusesOfUnits(db, { unitCodes: UNITS, ...DAYS }),
  'pre-reports of units': (db) => listPreReportsOfUnits(db, { unitCodes: UNITS, range: RANGE }),
  'adoptions of units': (db) => listAdoptionsOfUnits(db, { unitCodes: UNITS, ...DAYS }),
  'duty lines of units': (db) => listDutyLines(db, { unitCodes: UNITS, knownAt: MOMENT }),
  'roster of units at an instant': (db) => listRosterAsKnown(db, { unitCodes: UNITS, at: MOMENT, knownAt: MOMENT }),
  'late changes of a roster': (db) => listLateRosterChanges(db, { unitCode: 'A11', at: MOMENT, knownAt: 0 }),
  'cover of rosters': (db) => listRosterCover(db, { unitCodes: UNITS, from: MOMENT, to: MOMENT + 7 * 86_400_000 }),
  'rollups of a quarter': (db) => listUnitQuarters(db, [QUARTER]),
}

/** The plans of what a question runs, that of the opening of the transaction left out. */
async function plansOf(ask: (db: ReadonlyDb) => Promise<unknown>): Promise<string[]> {
  const request = { kind: 'account', id: account, unitCode: 'A11', isInstallationWide: false, onDate: TODAY } as const
  notices.length = 0
  await withScope(database.app, request, (trx) => ask(asReadonly(trx)))
  // A statement's plan is told when it is closed, the last one's by the end of the transaction.
  return notices.filter((text) => text.includes('plan:') && Object.keys(FACTS).some((table) => text.includes(table)))
}

function scans(plan: string): string[] {
  return [...plan.matchAll(/Seq Scan on (\w+)/g)].flatMap(([, table = '']) => (table in FACTS ? [table] : []))
}

describe('with both nets, in large tables,', () => {
  it.each(Object.entries(QUESTIONS))('the %s is found by an index and asks nothing row by row', async (_, ask) => {
    const plans = await plansOf(ask)
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.flatMap(scans), plans.join('\n')).toEqual([])
    for (const plan of plans) {
      const condition = /Index Cond: .*(unit_code|_code|quarter|ref|learned_at|checked_at)/
      expect(plan).toMatch(condition)
      expect(plan.split('\n').filter((line) => /SubPlan/.test(line) && !/hashed/.test(line))).toEqual([])
    }
  })

  it('a table without its indexes is told', async () => {
    await database.pool.query('drop index check_record_of_unit, check_record_recent, check_record_code_of_unit')
    expect((await plansOf((db) => listChecksOfUnits(db, { unitCodes: UNITS, range: RANGE }))).flatMap(scans)).toEqual([
      'check_record',
    ])
  })
})
