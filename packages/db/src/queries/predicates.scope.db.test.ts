import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Quarter, toPlainDate, toQuarter } from '@zhidu/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asReadonly, type Db } from '../db.ts'
import { instant } from '../instant.ts'
import { checkStage } from '../staging/check-stage.ts'
import { createStage } from '../staging/create-stage.ts'
import { listRecords } from '../staging/list-records.ts'
import { STAGE_KINDS, type StageKindKey } from '../staging/stage-kinds.ts'
import { countObligations, listObligationRows } from '../obligations/list-obligations.ts'
import { listObligationVersions } from '../obligations/list-obligation-versions.ts'
import { listReportVersions } from '../obligations/list-report-versions.ts'
import { countFactsSince } from '../staging/facts-since-freeze.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import { officeProbes } from '../testing/office-probes.ts'
import { FROZEN_ID, makeScopeTree, ONLY_A3, TREE_CODES } from '../testing/scope-tree.ts'
import { listScopePredicates } from '../transaction/scope.ts'
import { withScope } from '../transaction/with-scope.ts'
import { countCasesQuery } from './count-cases.ts'
import { countReportsOfUnits } from './count-reports-of-units.ts'
import { listChecklists } from './checklists.ts'
import { findCheck } from './find-check.ts'
import { listFrozenFileNames, listFrozenParts, listFrozenPartsOfUnits } from './frozen-parts.ts'
import { DUTY_PROBES } from './testing/duty-probes.ts'
import { DUTY_LOG_PROBES } from './testing/duty-log-probes.ts'
import { FILING_PROBES } from './testing/filing-probes.ts'
import { LEAD_PROBES } from './testing/lead-probes.ts'
import { MEETING_PROBES } from './testing/meeting-probes.ts'
import { CHECK_PROBES, codesOf, FOREIGN, inspectionIds, OWN, type Probe, RANGE } from './testing/check-probes.ts'
import { listAdoptionsOfUnits } from './list-adoptions-of-units.ts'
import { listCheckHistory } from './list-check-history.ts'
import { listBonusesOfUnits } from './list-bonuses-of-units.ts'
import { listCaseReports } from './list-case-reports.ts'
import { casesQuery, listCases, listCountedCases } from './list-cases.ts'
import { listChecksOfUnits } from './list-checks-of-units.ts'
import { checksQuery, countChecksQuery, listChecks, listCountedChecks } from './list-checks.ts'
import { listDutyLines } from './list-duty-lines.ts'
import { listEventReports } from './list-event-reports.ts'
import { listFilingsOfUnits } from './list-filings-of-units.ts'
import { listImportFiles } from './list-imports.ts'
import { listLateRosterChanges } from './list-late-roster-changes.ts'
import { listMisreportsOfUnits } from './list-misreports-of-units.ts'
import { listPreReportsOfUnits } from './list-pre-reports-of-units.ts'
import { listQuartersWithFacts } from './list-quarters-with-facts.ts'
import { listReopeningsOfUnits } from './list-reopenings-of-units.ts'
import { listRosterAsKnown } from './list-roster-as-known.ts'
import { listSuccessions } from './list-successions.ts'
import { listUnitsOwing } from './list-units-owing.ts'
import { listUnitOrder } from './list-unit-order.ts'
import { listUnitPeriods } from './list-unit-periods.ts'
import { listUnitRowsOfChange } from './list-unit-rows-of-change.ts'
import { listUnitQuarters } from './list-unit-quarters.ts'
import { listUnitQuartersOfUnits } from './list-unit-quarters-of-units.ts'
import { listUnitsWithFacts } from './list-units-with-facts.ts'
import { loadCaseFacts } from './load-case-facts.ts'
import {
  checkCodesOfFewQuery,
  checkCodesQuery,
  eventCodesOfFewQuery,
  eventCodesQuery,
  searchCodes,
} from './search-codes.ts'

const UNIT_CODES = [...FOREIGN, ...OWN]
const KEYS = UNIT_CODES.map((unitCode) => ({ unitCode, eventCode: `E-${unitCode}` }))
/** Within the shifts of the tree. */
const MOMENT = Date.parse('2026-07-03T15:00:00+08:00')
const DAYS = { firstOn: toPlainDate('2026-07-01'), lastOn: toPlainDate('2026-09-30') }
const QUARTER: Quarter = toQuarter('2026Q3')
const ALL_OBLIGATIONS = {
  quarter: QUARTER,
  asOf: RANGE.to,
  unitCode: null,
  kind: null,
  outcome: null,
  level: null,
  preReported: false,
  reopened: false,
} as const
const ALL_CHECKS = { range: RANGE, unitCodes: [], method: null, finding: null, codePart: null }

let database: TestDatabase
let accounts: ReadonlyMap<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  accounts = await makeScopeTree(database)
})
afterAll(() => database?.close())

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = []
  for await (const page of pages) all.push(...page)
  return all
}

function recordsOf(key: StageKindKey): Probe {
  return async (trx) => (await collect(listRecords(trx, key, null))).map((row) => String(row['unit_code']))
}

/** Staged rows about every unit; those that are not refused. */
const stage: Probe = async (trx) => {
  await createStage(trx, 'filings')
  await sql`insert into import_stage (row_number, is_bad, unit_code, holiday_year, holiday_name, form)
    select n, false, u, 2026, '春节', 'roster' from unnest(${UNIT_CODES}::text[]) with ordinality as t (u, n)`.execute(
    trx,
  )
  await checkStage(trx, 'filings')
  const { rows } = await sql<{ unitCode: string }>`
    select unit_code as "unitCode" from import_stage where not is_bad`.execute(trx)
  return codesOf(rows)
}

/** A staged shift of somebody who is on every roster, in a unit of one's own; the units it is warned of. */
const shifts: Probe = async (trx) => {
  await createStage(trx, 'rosters')
  await sql`insert into import_stage (row_number, is_bad, unit_code, role, starts_at, ends_at, person, is_withdrawn)
    values (2, false, 'A111', 'leader', ${instant(MOMENT)}, ${instant(MOMENT + 3_600_000)}, '某人', false)`.execute(trx)
  await checkStage(trx, 'rosters')
  const { rows } = await sql<{ unitCode: string }>`
    select params ->> 'units' as "unitCode" from import_issue where code = 'person_elsewhere'`.execute(trx)
  return codesOf(rows).flatMap((codes) => codes.split(', '))
}

/** Every query that reads facts, by the name of its predicate, asked about units of others. */
const PROBES: Readonly<Record<string, Probe>> = {
  ...CHECK_PROBES,
  ...DUTY_PROBES,
  ...DUTY_LOG_PROBES,
  ...LEAD_PROBES,
  ...MEETING_PROBES,
  ...FILING_PROBES,
  'adoptions-of-units': async (trx) =>
    codesOf(await listAdoptionsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, ...DAYS })),
  'bonuses-of-units': async (trx) =>
    codesOf(await listBonusesOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, ...DAYS })),
  ...officeProbes(async (trx) => (await inspectionIds(trx)).map(([, id]) => id)),
  'case-reports': async (trx) =>
    codesOf(await collect(listCaseReports(asReadonly(trx), { unitCodes: UNIT_CODES, range: RANGE }))),
  cases: async (trx) => {
    const db = asReadonly(trx)
    const filter = { unitCodes: [], range: RANGE, level: null, codePart: null }
    const named = listCases(db, { ...filter, unitCodes: UNIT_CODES }, null, 100)
    const found = [listCases(db, filter, null, 100), named, casesQuery(db, filter, null, 100).execute()]
    return codesOf((await Promise.all(found)).flat())
  },
  check: async (trx) => {
    const found = await Promise.all(UNIT_CODES.map((code) => findCheck(asReadonly(trx), `K-${code}`)))
    return found.flatMap((one) => one?.unitCode ?? [])
  },
  'check-history': async (trx) => {
    const from = { monthFrom: RANGE.from, quarterFrom: RANGE.from, nightFromHour: 22, nightToHour: 6 }
    return codesOf(await listCheckHistory(asReadonly(trx), { unitCodes: UNIT_CODES, asOf: RANGE.to, ...from }))
  },
  checklists: async (trx) => codesOf(await listChecklists(asReadonly(trx))),
  'check-codes': async (trx) => {
    const db = asReadonly(trx)
    const named = checkCodesOfFewQuery(db, 'K-', UNIT_CODES, 100).execute()
    const found = [
      searchCodes(db, 'K-', 100).then(({ checks }) => checks),
      named,
      checkCodesQuery(db, 'K-', 100).execute(),
    ]
    return codesOf((await Promise.all(found)).flat())
  },
  checks: async (trx) => {
    const db = asReadonly(trx)
    const named = listChecks(db, { ...ALL_CHECKS, unitCodes: UNIT_CODES }, null, 100)
    const found = [listChecks(db, ALL_CHECKS, null, 100), named, checksQuery(db, ALL_CHECKS, null, 100).execute()]
    // Of few units a page and its count are one look, bounded by this predicate.
    const page = await listCountedChecks(db, { filter: ALL_CHECKS, after: null, limit: 100 }, 100)
    return codesOf([...(await Promise.all(found)).flat(), ...page.checks])
  },
  'checks-of-units': async (trx) =>
    codesOf(await listChecksOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, range: RANGE })),
  'count-cases': async (trx) => {
    const all = { range: RANGE, level: null, codePart: null, levelsByOccurrence: [], asOf: RANGE.to, limit: 10 }
    const db = asReadonly(trx)
    const found = UNIT_CODES.map(async (code) => {
      const { count } = await countCasesQuery(db, { ...all, unitCodes: [code] }).executeTakeFirstOrThrow()
      const page = { filter: { ...all, unitCodes: [code] }, after: null, limit: 1 }
      const { counted } = await listCountedCases(db, page, { ...all, unitCodes: [code] })
      return Number(count) + counted > 0 ? [code] : []
    })
    return (await Promise.all(found)).flat()
  },
  'count-reports-of-units': async (trx) => {
    const found = UNIT_CODES.map(async (code) => {
      const count = await countReportsOfUnits(asReadonly(trx), { unitCodes: [code], range: RANGE })
      return count > 0 ? [code] : []
    })
    return (await Promise.all(found)).flat()
  },
  'count-checks': async (trx) => {
    const db = asReadonly(trx)
    const found = UNIT_CODES.map(async (code) => {
      const filter = { ...ALL_CHECKS, unitCodes: [code] }
      const { count } = await countChecksQuery(db, filter, 10).executeTakeFirstOrThrow()
      return Number(count) > 0 ? [code] : []
    })
    return (await Promise.all(found)).flat()
  },
  'duty-lines': async (trx) =>
    codesOf(await listDutyLines(asReadonly(trx), { unitCodes: UNIT_CODES, knownAt: MOMENT })),
  'event-codes': async (trx) => {
    const db = asReadonly(trx)
    const named = eventCodesOfFewQuery(db, 'E-', UNIT_CODES, 100).execute()
    const found = [
      searchCodes(db, 'E-', 100).then(({ events }) => events),
      named,
      eventCodesQuery(db, 'E-', 100).execute(),
    ]
    return codesOf((await Promise.all(found)).flat())
  },
  'event-reports': async (trx) => {
    const found = await Promise.all(UNIT_CODES.map((code) => listEventReports(asReadonly(trx), `E-${code}`)))
    return codesOf(found.flat())
  },
  'filings-of-units': async (trx) =>
    codesOf(await listFilingsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, years: [2026] })),
  'facts-since-freeze': async (trx) => {
    const target = { quarter: QUARTER, ...DAYS, holidays: [], highWater: {}, frozenAt: 0 }
    const { unitCount } = await countFactsSince(asReadonly(trx), target)
    return unitCount > OWN.length ? ['A11', 'A'] : unitCount > 0 ? ['A11'] : []
  },
  'frozen-file-names': async (trx) => {
    // One that is A3's alone.
    const names = await listFrozenFileNames(asReadonly(trx), FROZEN_ID)
    return names.map((name) => (name === 'facts/checks.jsonl' ? 'A3' : 'A11'))
  },
  'frozen-parts': async (trx) => {
    const parts = await collect(
      listFrozenParts(asReadonly(trx), { frozenId: FROZEN_ID, fileName: 'results/units.jsonl' }),
    )
    return parts.flatMap(({ unitCode }) => unitCode ?? [])
  },
  'frozen-parts-of-units': async (trx) => {
    const parts = await listFrozenPartsOfUnits(asReadonly(trx), { frozenId: FROZEN_ID, unitCodes: UNIT_CODES })
    return parts.flatMap(({ unitCode }) => unitCode ?? [])
  },
  'import-shifts': shifts,
  'import-units': stage,
  // The file is named after the unit of its sender.
  imports: async (trx) => (await listImportFiles(asReadonly(trx), 100)).map(({ fileName }) => fileName),
  'late-roster-changes': async (trx) => {
    const found = UNIT_CODES.map((unitCode) =>
      listLateRosterChanges(asReadonly(trx), { unitCode, at: MOMENT, knownAt: 0 }),
    )
    return codesOf((await Promise.all(found)).flat())
  },
  'misreports-of-cases': async (trx) => codesOf((await loadCaseFacts(asReadonly(trx), KEYS)).misreports),
  'misreports-of-units': async (trx) =>
    codesOf(await listMisreportsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, ...DAYS })),
  'notices-adoptions': async (trx) => codesOf((await loadCaseFacts(asReadonly(trx), KEYS)).notices.adoptions),
  'notices-pre-reports': async (trx) => codesOf((await loadCaseFacts(asReadonly(trx), KEYS)).notices.preReports),
  'notices-reopenings': async (trx) => codesOf((await loadCaseFacts(asReadonly(trx), KEYS)).notices.reopenings),
  'obligation-counts': async (trx) => {
    const found = UNIT_CODES.map(async (unitCode) =>
      (await countObligations(asReadonly(trx), { ...ALL_OBLIGATIONS, unitCode })).length > 0 ? [unitCode] : [],
    )
    return (await Promise.all(found)).flat()
  },
  'obligation-versions': async (trx) => {
    const found = UNIT_CODES.map((code) => listObligationVersions(asReadonly(trx), code, [`E-${code}`]))
    return codesOf((await Promise.all(found)).flat())
  },
  obligations: async (trx) => {
    const page = { sort: 'due', after: null, limit: 100 } as const
    return codesOf(await listObligationRows(asReadonly(trx), ALL_OBLIGATIONS, page))
  },
  'pre-reports-of-units': async (trx) =>
    codesOf(await listPreReportsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, range: RANGE })),
  'quarters-with-facts': async (trx) =>
    (await listQuartersWithFacts(asReadonly(trx))).map((quarter) => (quarter === ONLY_A3 ? 'A3' : 'A11')),
  'reopenings-of-units': async (trx) => codesOf(await listReopeningsOfUnits(asReadonly(trx), UNIT_CODES)),
  'report-versions': async (trx) => {
    const found = await Promise.all(UNIT_CODES.map((code) => listReportVersions(asReadonly(trx), `E-${code}`)))
    return codesOf(found.flat())
  },
  'reports-of-cases': async (trx) => codesOf((await loadCaseFacts(asReadonly(trx), KEYS)).reports),
  'roster-as-known': async (trx) =>
    codesOf(await listRosterAsKnown(asReadonly(trx), { unitCodes: UNIT_CODES, at: MOMENT, knownAt: MOMENT })),
  successions: async (trx) => (await listSuccessions(asReadonly(trx))).map(({ fromCode }) => fromCode),
  'unit-order': (trx) => listUnitOrder(asReadonly(trx)),
  'unit-periods': async (trx) => codesOf(await listUnitPeriods(asReadonly(trx))),
  'unit-rows-of-change': async (trx) => {
    const ofUnits = trx.selectFrom('import_file').select('import_id').where('unit_code', 'in', UNIT_CODES)
    const seen: string[] = []
    for (const { import_id: changeId } of await ofUnits.execute()) {
      seen.push(...codesOf(await listUnitRowsOfChange(asReadonly(trx), changeId)))
    }
    return seen
  },
  'unit-quarters-of-units': async (trx) =>
    codesOf(await listUnitQuartersOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, quarters: [QUARTER] })),
  'unit-quarters': async (trx) => codesOf(await listUnitQuarters(asReadonly(trx), [QUARTER])),
  'units-owing': (trx) => listUnitsOwing(asReadonly(trx), { quarters: [QUARTER], years: [2026] }),
  'units-with-facts': (trx) => {
    const scope = { unitCodes: UNIT_CODES, range: RANGE, levelsByOccurrence: [], ...DAYS, holidays: [] }
    return listUnitsWithFacts(asReadonly(trx), scope)
  },
  ...Object.fromEntries(
    (Object.keys(STAGE_KINDS) as StageKindKey[]).map((key) => [`records-${key}`, recordsOf(key)] as const),
  ),
}

/** Names of the probes that saw a unit out of reach. `db` decides which net is there besides. */
async function leaks(db: Db, without?: string): Promise<string[]> {
  const id = accounts.get('A11') ?? ''
  const request = {
    kind: 'account',
    id,
    unitCode: 'A11',
    isInstallationWide: false,
    onDate: toPlainDate('2026-09-30'),
  } as const
  const found: string[] = []
  for (const [name, probe] of Object.entries(PROBES)) {
    const seen = await withScope(db, { ...request, without }, probe)
    if (!seen.some((unitCode) => OWN.includes(unitCode))) throw new Error(`${name} sees nothing at all`)
    if (seen.some((unitCode) => !OWN.includes(unitCode) && TREE_CODES.includes(unitCode))) found.push(name)
  }
  return found.sort()
}

/** Names written in the program, by reading it. */
function namesInSource(): string[] {
  const root = join(import.meta.dirname, '..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('scope.ts'),
  )
  const names = files.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const calls = text.match(/\b(and)?[iI]nScope\(/g)?.length ?? 0
    const found = [...text.matchAll(/\b(?:andI|i)nScope\(\w+, (['`])(.+?)\1/g)].map(([, , name = '']) => name)
    if (found.length !== calls) throw new Error(`${path}: a predicate whose name is not written at the call`)
    return found
  })
  const kinds = Object.keys(STAGE_KINDS).filter((key) => key !== 'units')
  return [
    ...new Set(names.flatMap((name) => (name === 'records-${key}' ? kinds.map((key) => `records-${key}`) : name))),
  ].sort()
}

describe('the predicates of the queries', () => {
  it('are each asked for by a probe, and there is no other', async () => {
    await leaks(database.db)
    expect(Object.keys(PROBES).sort()).toEqual(namesInSource())
    expect(listScopePredicates()).toEqual(namesInSource())
  })

  it('hold alone, where no policy does', async () => {
    expect(await leaks(database.db)).toEqual([])
  })

  it('are not needed where the policies hold', async () => {
    expect(await leaks(database.app, '*')).toEqual([])
  })

  it.each(namesInSource())('leaks without %s', async (name) => {
    expect(await leaks(database.db, name)).toEqual([name])
  })
})
