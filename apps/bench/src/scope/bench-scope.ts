import { randomUUID } from 'node:crypto'
import { andInScope, asReadonly, type Db, listCases, type OpenDatabase, type ScopeRequest, withScope } from '@zhidu/db'
import { permissionsOf, type PlainDate, quarterRange, toQuarter } from '@zhidu/domain'
import { listEvents, type ServiceContext } from '@zhidu/services'
import { sql } from 'kysely'
import { withBenchData } from '../bench-data.ts'
import { timeOnce } from '../measure/repeat.ts'
import { toCount, toMilliseconds, toRatio, toTextTable } from '../report/print-table.ts'
import { COUNTY, makeReader, makeTree, TOP } from './make-tree.ts'

const QUARTER = toQuarter('2026Q3')
const RANGE = quarterRange(QUARTER)
// Safe: the last day of the quarter, as it is written.
const ON_DATE = '2026-09-30' as PlainDate
const NOW = Date.parse('2026-10-15T09:00:00+08:00')
const PAGE = 50

interface Finding {
  readonly operation: string
  readonly reader: string
  readonly p50: number
  readonly p95: number
  /** p50 of the predicate alone; null = this is no pair. */
  readonly reference: number | null
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Times of the ways in turn, so that what else the machine does meets all of them alike. */
async function alternate(runCount: number, ways: readonly (() => Promise<unknown>)[]): Promise<number[][]> {
  const times: number[][] = ways.map(() => [])
  for (const way of ways) await way()
  for (let run = 0; run < runCount; run += 1) {
    for (const [index, way] of ways.entries()) times[index]?.push(await timeOnce(way))
  }
  return times.map((some) => some.sort((a, b) => a - b))
}

const OPERATIONS: readonly (readonly [string, (trx: Db) => Promise<unknown>])[] = [
  [
    'page of 50 events',
    (trx) => listCases(asReadonly(trx), { unitCodes: [], range: RANGE, level: null, codePart: null }, null, PAGE),
  ],
  [
    'count of the quarter',
    (trx) =>
      sql`select count(*) from event_case where learned_at >= to_timestamp(${RANGE.from / 1_000})${andInScope(trx, 'bench', 'unit_code')}`.execute(
        trx,
      ),
  ],
  [
    'reports by month',
    (trx) =>
      sql`select date_trunc('month', learned_at) as month, level, count(*), avg(extract(epoch from written_at - learned_at))
        from report where replaced_at is null${andInScope(trx, 'bench', 'unit_code')} group by 1, 2`.execute(trx),
  ],
]

async function measureNets(
  database: OpenDatabase,
  reader: string,
  request: ScopeRequest,
  runCount: number,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [operation, work] of OPERATIONS) {
    // The owner's policies let everything through: the predicate is alone there.
    const [alone = [], both = []] = await alternate(runCount, [
      () => withScope(database.db, request, work),
      () => withScope(database.app, request, work),
    ])
    const reference = percentile(alone, 0.5)
    findings.push(
      {
        operation: `${operation}: predicate alone`,
        reader,
        p50: reference,
        p95: percentile(alone, 0.95),
        reference: null,
      },
      {
        operation: `${operation}: both nets`,
        reader,
        p50: percentile(both, 0.5),
        p95: percentile(both, 0.95),
        reference,
      },
    )
  }
  return findings
}

function contextOf(database: OpenDatabase, accountId: string, unitCode: string): ServiceContext {
  const roles = ['inspector'] as const
  return {
    db: database.app,
    report: database.report,
    clock: () => NOW,
    actor: {
      kind: 'account',
      accountId,
      sessionId: randomUUID(),
      loginName: 'bench',
      displayName: 'bench',
      unitCode,
      roles,
      permissions: permissionsOf(roles),
      mustChangePassword: false,
      address: '127.0.0.1',
      viewer: null,
    },
  }
}

/** A county and the province over so many reports of 2,577 units: what the second net costs. */
export function benchScope(reportCount: number, runCount: number, say: (line: string) => void): Promise<string> {
  return withBenchData(async ({ observer: database }) => {
    say(`2,577 units, ${toCount(reportCount)} reports: writing them`)
    await makeTree(database, reportCount)
    const findings: Finding[] = []
    for (const [reader, unitCode] of [
      ['county', COUNTY],
      ['province', TOP],
    ] as const) {
      say(`asking as the ${reader}`)
      const id = await makeReader(database, unitCode)
      const request: ScopeRequest = { kind: 'account', id, unitCode, isInstallationWide: false, onDate: ON_DATE }
      findings.push(...(await measureNets(database, reader, request, runCount)))
      const ctx = contextOf(database, id, unitCode)
      const [list = []] = await alternate(runCount, [() => listEvents(ctx, { quarter: QUARTER })])
      const [p50, p95] = [percentile(list, 0.5), percentile(list, 0.95)]
      findings.push({ operation: 'list of events as the page asks it', reader, p50, p95, reference: null })
    }
    const header = ['reach', 'reader', 'median ms', 'p95 ms', '÷ predicate alone']
    return toTextTable(
      header,
      findings.map(({ operation, p50, p95, reader, reference }) => [
        operation,
        reader,
        toMilliseconds(p50),
        toMilliseconds(p95),
        reference === null ? '–' : toRatio(p50, reference),
      ]),
    )
  })
}
