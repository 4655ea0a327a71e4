import { type Kind, KINDS } from '@zhidu/contract'
import { makeFacts, type Row, toCsv } from './facts.ts'
import { UNIT_CODES } from './tree.ts'

export interface Upload {
  readonly kind: Kind
  readonly csv: string
}

/** Rows about every unit: those on record in both worlds, changed, and new ones under codes that are free in both. */
export function uploadRows(kind: Kind): Row[] {
  return makeFacts()
    .filter((row) => row.kind === kind && !row.cells['event_code']?.startsWith('E-SHARED'))
    .flatMap((row, index): Row[] => {
      const [identity = ''] = Object.keys(row.cells)
      const fresh = `NEUE-${index}`
      switch (kind) {
        case 'units':
          return [{ ...row, cells: { ...row.cells, name: '换名' } }]
        case 'reports': {
          // A follow-up is held against the first report on record.
          const late = { stage: 'follow_up', sequence: '1', written_at: row.cells['learned_at'] ?? '', phoned_at: '' }
          return [{ ...row, cells: { ...row.cells, ...late } }]
        }
        case 'filings':
          return [{ ...row, cells: { ...row.cells, received_at: '2026-09-21 08:00:00' } }]
        case 'duty_lines':
          return [row, { ...row, cells: { ...row.cells, line: 'alternate' } }]
        case 'rosters':
          // Beside the shift on record, so that whoever has the same name elsewhere is looked for.
          return [{ ...row, cells: { ...row.cells, starts_at: '2026-09-30 09:00:00' } }]
        default:
          return [row, { ...row, cells: { ...row.cells, [identity]: fresh } }]
      }
    })
}

/** One file of each kind. */
export function makeUploads(): Upload[] {
  return KINDS.map((kind) => ({ kind, csv: toCsv(kind, uploadRows(kind)) ?? '' }))
}

/** The codes of a file's units, for tests of who may write about whom. */
export function findingRows(kind: 'checks' | 'misreports', prefix: string): string {
  const byUnit = new Map(makeFacts().flatMap((row) => (row.kind === kind ? [[row.unitCode, row] as const] : [])))
  const [example] = byUnit.values()
  const identity = kind === 'checks' ? 'check_code' : 'misreport_code'
  const rows = UNIT_CODES.flatMap((unitCode): Row[] => {
    if (example === undefined) return []
    const more = kind === 'misreports' ? { event_code: '' } : {}
    return [
      { ...example, cells: { ...example.cells, ...more, [identity]: `${prefix}-${unitCode}`, unit_code: unitCode } },
    ]
  })
  return toCsv(kind, rows) ?? ''
}
