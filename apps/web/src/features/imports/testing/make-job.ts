import type { ImportIssue, ImportJob } from '@zhidu/contract'

export function makeIssue(overrides: Partial<ImportIssue> = {}): ImportIssue {
  return {
    row: 18,
    column: 'unit_code',
    value: 'D53',
    code: 'unit_unknown',
    params: { nearest: 'D35 市气象局' },
    reason: '报送单位编码 D53 不存在',
    accepted: '填 D01 至 D35 或 C01 至 C05；最接近的是 D35 市气象局',
    ...overrides,
  }
}

const COLUMNS = ['event_code', 'unit_code', 'stage', 'level', 'learned_at', 'written_at']

/** A file of 412 rows, 5 refused, waiting for a decision. */
export function makeJob(overrides: Partial<ImportJob> = {}): ImportJob {
  const level = makeIssue({
    row: 77,
    column: 'level',
    value: '四级',
    code: 'enum',
    reason: '事件级别 四级 无法识别',
    accepted: '可填 I、II、III、IV，或 特别重大、重大、较大、一般',
  })
  const order = makeIssue({
    row: 203,
    column: 'written_at',
    value: '2026-08-17 13:22',
    code: 'order',
    reason: '书面报告时间 早于获悉时间',
    accepted: '须不早于 2026-08-17 14:05',
  })
  const empty = makeIssue({
    row: 390,
    column: 'event_code',
    value: null,
    code: 'required',
    reason: '缺事件编号',
    accepted: '续报须填首报的事件编号',
  })
  return {
    importId: '3f0b8a52-62ea-4a0e-9a6c-0a1c4d7d2f10',
    kind: 'reports',
    fileName: '2026年三季度突发事件信息.xlsx',
    phase: 'ready',
    progress: { rowsRead: 412, bytesRead: 48_120, bytesTotal: 48_120, step: 4, steps: 5 },
    result: {
      kind: 'reports',
      rows: 412,
      created: 286,
      updated: 14,
      unchanged: 107,
      rejected: 5,
      errors: [makeIssue(), level, order, empty],
      warnings: [],
    },
    errorTotal: 5,
    warningTotal: 0,
    sample: {
      columns: COLUMNS,
      rows: [
        {
          row: 18,
          cells: ['SJ-0704-02', 'D53', '首报', 'IV', '2026-07-04 09:12', '2026-07-04 10:40'],
          issues: [makeIssue()],
        },
        {
          row: 77,
          cells: ['SJ-0731-05', 'C03', '首报', '四级', '2026-07-31 22:05', '2026-07-31 23:10'],
          issues: [level],
        },
        {
          row: 203,
          cells: ['SJ-0817-03', 'D13', '首报', 'IV', '2026-08-17 14:05', '2026-08-17 13:22'],
          issues: [order],
        },
        { row: 204, cells: ['SJ-0817-04', 'D24', '首报', 'IV', '2026-08-17 18:30', '2026-08-17 19:02'], issues: [] },
        { row: 390, cells: ['', 'D28', '续报', 'III', '2026-09-21 08:10', '2026-09-21 16:55'], issues: [empty] },
      ],
    },
    failure: null,
    startedAt: '2026-10-08T15:40:00+08:00',
    ...overrides,
  }
}
