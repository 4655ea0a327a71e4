/** Makes a case on which two answers differ as small as it goes, and readable. */
import type { ReferenceFiles, Row } from './reference-cells.ts'

/** Leaves out rows, one after the other, while the case still differs. */
export function withoutNeedlessRows(
  files: ReferenceFiles,
  differs: (files: ReferenceFiles) => boolean,
): ReferenceFiles {
  let smallest = files
  const kinds = ['reports', 'checks', 'misreports', 'bonuses', 'filings', 'holidays', 'units'] as const
  for (const kind of kinds) {
    for (const row of files[kind]) {
      const smaller = { ...smallest, [kind]: smallest[kind].filter((other) => other !== row) }
      if (differs(smaller)) smallest = smaller
    }
  }
  return smallest
}

function toTable(name: string, rows: readonly Row[]): string {
  if (rows.length === 0) return `${name}: none`
  const keys = Object.keys(rows[0] ?? {}).filter((key) => rows.some((row) => (row[key] ?? '') !== ''))
  const lines = [keys, ...rows.map((row) => keys.map((key) => row[key] ?? ''))].map((cells) => cells.join(','))
  return `${name}\n  ${lines.join('\n  ')}`
}

/** The files as they would be imported. */
export function describeFiles(title: string, files: ReferenceFiles): string {
  const { bonuses, checks, filings, holidays, misreports, reports, units } = files
  const kinds = { units, reports, checks, misreports, filings, bonuses, holidays }
  return [title, ...Object.entries(kinds).map(([name, rows]) => toTable(name, rows)), ''].join('\n')
}
