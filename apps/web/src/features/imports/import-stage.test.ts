import { describe, expect, it } from 'vitest'
import {
  buildPreviewRows,
  checkFile,
  chooseCommit,
  hiddenErrorRows,
  type ImportState,
  isMoving,
  toImportStage,
  workingRatio,
} from './import-stage.ts'
import { makeIssue, makeJob } from './testing/make-job.ts'

const idle: ImportState = { upload: null, failure: null, importId: null, job: null, problem: null }
const open: ImportState = { ...idle, importId: makeJob().importId }
const result = makeJob().result!

describe('toImportStage', () => {
  it('starts with choosing a file', () => {
    expect(toImportStage(idle)).toEqual({ kind: 'choose' })
  })

  it('counts reading, checking and writing as steps 2, 3 and 5 of 5', () => {
    const step = (phase: 'reading' | 'checking' | 'writing') => toImportStage({ ...open, job: makeJob({ phase }) })
    expect([step('reading'), step('checking'), step('writing')]).toMatchObject([{ step: 2 }, { step: 3 }, { step: 5 }])
  })

  it('says that the job is gone when the server no longer knows it', () => {
    expect(toImportStage({ ...open, job: makeJob({ phase: 'checking' }), problem: 'not_found' })).toEqual({
      kind: 'gone',
    })
  })

  it('keeps what it knows while the server cannot be reached', () => {
    expect(toImportStage({ ...open, job: makeJob(), problem: 'network' })).toMatchObject({
      kind: 'preview',
      isUnreachable: true,
    })
    expect(toImportStage({ ...open, problem: 'network' })).toEqual({ kind: 'unreachable' })
  })

  it('shows why an upload failed before anything else is known', () => {
    const failure = { failure: { kind: 'network' }, fileName: 'a.csv' } as const
    expect(toImportStage({ ...idle, failure })).toEqual({ kind: 'upload_failed', ...failure })
  })

  it.each(['done', 'refused', 'cancelled', 'failed'] as const)('ends at %s', (phase) => {
    const stage = toImportStage({ ...open, job: makeJob({ phase }) })
    expect(stage.kind).toBe(phase)
    expect(isMoving(stage)).toBe(false)
  })
})

describe('chooseCommit', () => {
  it('is off while a row is refused and offers the valid ones', () => {
    expect(chooseCommit(makeJob())).toEqual({ block: 'has_errors', validCount: 407 })
  })

  it('is on when nothing is refused', () => {
    expect(chooseCommit(makeJob({ result: { ...result, rejected: 0 } }))).toEqual({ block: null, validCount: 0 })
  })

  it('is off when the file would change nothing', () => {
    const same = { ...result, created: 0, updated: 0, unchanged: 412, rejected: 0 }
    expect(chooseCommit(makeJob({ result: same }))).toEqual({ block: 'no_change', validCount: 0 })
  })

  it('offers nothing when every row is refused or there is none', () => {
    const refused = { ...result, created: 0, updated: 0, unchanged: 0, rejected: 412 }
    expect(chooseCommit(makeJob({ result: refused }))).toEqual({ block: 'has_errors', validCount: 0 })
    expect(chooseCommit(makeJob({ result: { ...refused, rows: 0, rejected: 0 } }))).toEqual({
      block: 'no_rows',
      validCount: 0,
    })
  })
})

describe('buildPreviewRows', () => {
  it('marks the refused cell and no other', () => {
    const rows = buildPreviewRows(makeJob())
    expect(rows[0]?.cells.map((cell) => cell.mark)).toEqual([null, 'refused', null, null, null, null])
    expect(rows[3]?.cells.every((cell) => cell.mark === null)).toBe(true)
  })

  it('marks warnings as such where no row is refused', () => {
    const [row] = buildPreviewRows(makeJob({ result: { ...result, rejected: 0 } }))
    expect(row?.cells[1]?.mark).toBe('warned')
  })

  it('marks no cell for what is wrong with the whole row', () => {
    const sample = { columns: ['a', 'b'], rows: [{ row: 2, cells: ['1'], issues: [makeIssue({ column: null })] }] }
    expect(buildPreviewRows(makeJob({ sample }))[0]?.cells).toEqual([
      { text: '1', mark: null },
      { text: '', mark: null },
    ])
  })
})

describe('hiddenErrorRows', () => {
  it('counts refused rows that the preview leaves out', () => {
    expect(hiddenErrorRows(makeJob())).toBe(1)
  })
})

describe('workingRatio', () => {
  it('is known only while bytes are read', () => {
    const progress = { rowsRead: 0, bytesRead: 25, bytesTotal: 100, step: 2, steps: 5 }
    expect(workingRatio(makeJob({ phase: 'reading', progress }))).toBe(0.25)
    expect(workingRatio(makeJob({ phase: 'checking', progress }))).toBeNull()
    expect(workingRatio(makeJob({ phase: 'reading', progress: { ...progress, bytesTotal: 0 } }))).toBeNull()
  })
})

describe('checkFile', () => {
  it.each([
    ['三季度.xlsx', 10, null],
    ['三季度.CSV', 10, null],
    ['三季度.xlsx', 0, 'empty'],
    ['三季度.xls', 10, 'old_excel'],
    ['三季度.docx', 10, 'not_a_table'],
  ])('judges %s of %d bytes before it is sent', (name, size, problem) => {
    expect(checkFile({ name, size })).toBe(problem)
  })
})
