import type { QuarterReport } from '@zhidu/contract'
import type { FrozenQuarterRow } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import { parseManifest } from './package-files.ts'

export type QuarterProblem = QuarterReport['problems'][number]

/** What the command prints, and the page shows. `problems`: what is not as the manifest says. */
export function toQuarterReport(
  row: Pick<FrozenQuarterRow, 'asOf' | 'manifest' | 'manifestSha256' | 'methodVersion' | 'quarter' | 'version'>,
  problems: readonly QuarterProblem[],
): QuarterReport {
  const files = parseManifest(row.manifest)?.files ?? []
  return {
    quarter: row.quarter,
    manifestSha256: row.manifestSha256,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
    equal: problems.length === 0,
    version: row.version,
    asOf: toLocalIso(row.asOf),
    methodVersion: row.methodVersion,
    problems: [...problems],
  }
}
