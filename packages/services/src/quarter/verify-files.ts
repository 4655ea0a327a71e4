import { createHash } from 'node:crypto'
import type { FrozenManifest } from '@zhidu/contract'
import { seedOf } from './package-files.ts'
import type { QuarterProblem } from './quarter-report.ts'
import type { QuarterSource } from './quarter-source.ts'

/** What is read meanwhile; `done` of `total` files. */
export type OnFiles = (done: number, total: number) => void

async function digestOf(source: QuarterSource, name: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of source.open(name)) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    // What was packed and cannot be unpacked is not what was put there.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return { bytes, sha256: '' }
    throw error
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Every file of a frozen quarter against its manifest; none = all is as it was. In the order of the manifest. */
export async function verifyFiles(
  source: QuarterSource,
  manifest: FrozenManifest,
  options: { readonly onFiles?: OnFiles | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<QuarterProblem[]> {
  const problems: QuarterProblem[] = []
  for (const [index, file] of manifest.files.entries()) {
    options.signal?.throwIfAborted()
    const found = await digestOf(source, file.name)
    if (found === null) problems.push({ file: file.name, reason: 'file_missing' })
    else if (found.sha256 !== file.sha256 || found.bytes !== file.bytes) {
      problems.push({ file: file.name, reason: 'file_differs' })
    }
    options.onFiles?.(index + 1, manifest.files.length)
  }
  if (seedOf(manifest.files) !== manifest.seed) problems.push({ file: null, reason: 'seed_differs' })
  return problems
}
