import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { QuarterReport } from '@zhidu/contract'
import type { FrozenQuarterRow, ReadonlyDb } from '@zhidu/db'
import { toZip, type ZipEntry } from '@zhidu/documents'
import { type Quarter, toLocalIso } from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { ServiceError } from '../service-error.ts'
import { getFrozenVersion, withWholeQuarter } from './check-quarter.ts'
import { MANIFEST_FILE, parseManifest, RECORD_FILE } from './package-files.ts'
import { toQuarterReport } from './quarter-report.ts'
import { storedSource } from './quarter-source.ts'

export interface ExportQuarterArgs {
  readonly quarter: Quarter
  /** Missing = the newest. */
  readonly version?: number | undefined
  /** ISO with offset: of versions as of later instants nothing is asked. */
  readonly asOf?: string | undefined
}

/** Who froze it, when, with what; beside the manifest, which says nothing of it. */
function toRecord(frozen: FrozenQuarterRow): string {
  return `${JSON.stringify(
    {
      quarter: frozen.quarter,
      version: frozen.version,
      manifestSha256: frozen.manifestSha256,
      frozenAt: toLocalIso(frozen.frozenAt),
      frozenBy: frozen.frozenBy,
      reason: frozen.reason,
      programVersion: frozen.programVersion,
    },
    null,
    2,
  )}\n`
}

function* listEntries(db: ReadonlyDb, frozen: FrozenQuarterRow): Generator<ZipEntry> {
  const source = storedSource(db, frozen)
  const once = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  yield { name: MANIFEST_FILE, content: once(frozen.manifest) }
  yield { name: RECORD_FILE, content: once(toRecord(frozen)) }
  for (const { name } of parseManifest(frozen.manifest)?.files ?? []) yield { name, content: source.open(name) }
}

/**
 * Every file of a frozen quarter into a folder, which must not be there yet: it is there whole or not at all.
 * Throws ServiceError `conflict` for a folder that is there.
 */
export async function exportQuarterFolder(
  ctx: ServiceContext,
  args: ExportQuarterArgs,
  folder: string,
): Promise<QuarterReport> {
  return await withWholeQuarter(ctx, async (db) => {
    const frozen = await getFrozenVersion(db, args)
    const draft = `${folder}.part`
    await rm(draft, { recursive: true, force: true })
    for (const { content, name } of listEntries(db, frozen)) {
      const path = join(draft, ...name.split('/'))
      await mkdir(dirname(path), { recursive: true })
      await pipeline(content, createWriteStream(path))
    }
    try {
      await rename(draft, folder)
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      throw new ServiceError('conflict', 'quarter_folder_taken', { folder }, { cause: error })
    }
    return toQuarterReport(frozen, [])
  })
}

/** The same as one archive. It holds the evidence of every unit, names of people included: `reason` goes into the audit trail. */
export async function exportQuarterZip(
  ctx: ServiceContext,
  args: ExportQuarterArgs & { readonly reason: string },
): Promise<ExportedFile> {
  const { quarter, reason } = args
  const version = await withWholeQuarter(ctx, async (db) => (await getFrozenVersion(db, args)).version)
  if (!mayReveal(ctx.actor)) throw new ServiceError('forbidden', 'role_forbids')
  const what = { action: 'export.quarter', object: `quarter/${quarter}`, detail: { version, reason } }
  await withChange(ctx, what, async () => undefined)
  const body = streamOf((sink) =>
    withWholeQuarter(ctx, async (db) => {
      const frozen = await getFrozenVersion(db, { quarter, version })
      await pipeline(toZip(listEntries(db, frozen)), sink)
    }),
  )
  return { fileName: `${quarter}-第${version}版.zip`, body }
}
