import type { LeagueTable } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export type Row = LeagueTable['rows'][number]

export const BASE = { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 }
export const NOTHING_LOST = { timeliness: 0, completeness: 0, truthfulness: 0, discipline: 0, filing: 0 }

/** A unit that lost nothing: 100 points, six reports in time, two checks passed. */
export function makeRow(overrides: Partial<Row> = {}): Row {
  return {
    rank: 1,
    tied: false,
    unitCode: 'D01',
    name: '市生态环境局',
    shortName: '生态环境局',
    score: 100,
    grade: '优秀',
    dimensions: BASE,
    lost: NOTHING_LOST,
    bonus: 0,
    timeliness: { onTime: 6, late: 0, missing: 0, notYetDue: 0, owed: 6 },
    completeness: { part: 72, whole: 72 },
    checks: { passed: 2, total: 2 },
    commendable: true,
    flags: [],
    rankInterval: null,
    previousRank: 3,
    deductionCount: 0,
    trend: [96, 97, 98, 100],
    breaks: [null, null, null, null],
    present: null,
    ...overrides,
  }
}

export function makeNotMeasured(overrides: Partial<Row> = {}): Row {
  return makeRow({
    rank: null,
    unitCode: 'D90',
    name: '市统计局',
    shortName: null,
    score: null,
    grade: null,
    timeliness: { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 },
    completeness: { part: 0, whole: 0 },
    checks: { passed: 0, total: 0 },
    commendable: false,
    previousRank: null,
    trend: [null, null, null, null],
    ...overrides,
  })
}

/** Three ranked units, two of them tied, and one that nobody measured. */
export function makeTable(overrides: Partial<LeagueTable> = {}): LeagueTable {
  const rows = overrides.rows ?? [
    makeRow(),
    makeRow({
      rank: 2,
      tied: true,
      unitCode: 'D13',
      name: '市住房城乡建设局',
      shortName: '住建局',
      score: 87.5,
      grade: '良好',
      dimensions: { ...BASE, timeliness: 23, completeness: 17, discipline: 17, filing: 9.5 },
      lost: { timeliness: 7, completeness: 3, truthfulness: 0, discipline: 3, filing: 0.5 },
      bonus: 1,
      timeliness: { onTime: 22, late: 4, missing: 0, notYetDue: 1, owed: 27 },
      completeness: { part: 309, whole: 312 },
      checks: { passed: 3, total: 5 },
      previousRank: 1,
      deductionCount: 10,
      trend: [88, 86, 90, 87.5],
    }),
    makeRow({
      rank: 2,
      tied: true,
      unitCode: 'D21',
      name: '市国资委',
      shortName: null,
      score: 87.5,
      grade: '良好',
      dimensions: { ...BASE, timeliness: 17.5 },
      lost: { ...NOTHING_LOST, timeliness: 12.5 },
      timeliness: { onTime: 2, late: 1, missing: 1, notYetDue: 0, owed: 4 },
      checks: { passed: 0, total: 0 },
      previousRank: null,
      deductionCount: 3,
      trend: [null, null, null, 87.5],
    }),
    makeNotMeasured(),
  ]
  return {
    quarter: toQuarter('2026Q3'),
    group: '市直组',
    tree: 'then',
    treeDay: '2026-09-30',
    unannouncedYears: [],
    provenance: {
      asOf: '2026-10-08T23:59:59+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' },
      methodVersion: '1.0',
      isSynthetic: true,
    },
    total: {
      unitCount: rows.length,
      measuredCount: rows.filter((row) => row.score !== null).length,
      meanScore: 91.67,
      meanLost: { timeliness: 6.5, completeness: 1, truthfulness: 0, discipline: 1, filing: 0.17 },
      timeliness: { onTime: 30, late: 5, missing: 1, notYetDue: 1, owed: 37 },
      completeness: { part: 453, whole: 456 },
      checks: { passed: 5, total: 7 },
      trend: [92, 91.5, 94, 91.67],
    },
    peers: null,
    closed: [],
    ...overrides,
    rows,
  }
}

/** The table as one unit sees it: its own row among 35, the others as scores, the first three by name. */
export function makePeersTable(overrides: Partial<LeagueTable> = {}): LeagueTable {
  const [, row] = makeTable().rows
  const { total } = makeTable()
  const scores = Array.from({ length: 33 }, (_, index) => 99 - index * 0.5)
  return makeTable({
    rows: row === undefined ? [] : [{ ...row, rank: 12, tied: false }],
    total: { ...total, unitCount: 35, measuredCount: 34, meanScore: 90.96 },
    peers: {
      count: 34,
      scores: [...scores, 87.5].toSorted((a, b) => b - a),
      top: [
        { rank: 1, tied: false, name: '市生态环境局', score: 99 },
        { rank: 2, tied: true, name: '市科技局', score: 98.5 },
        { rank: 2, tied: true, name: '市财政局', score: 98.5 },
      ],
    },
    ...overrides,
  })
}
