import { hashEntry, parseAuditText } from '@zhidu/audit'
import type { FrozenManifest, QuarterProgress, QuarterReport } from '@zhidu/contract'
import {
  asReadonly,
  type FrozenQuarterRow,
  listFreezeEntries,
  listFrozenFileNames,
  listFrozenQuarters,
  type ReadonlyDb,
  findScope,
} from '@zhidu/db'
import { localDateOf, type Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withReach } from '../snapshot.ts'
import { parseManifest, sha256Hex } from './package-files.ts'
import { type QuarterProblem, toQuarterReport } from './quarter-report.ts'
import { folderSource, storedSource, type QuarterSource } from './quarter-source.ts'
import { recomputeFiles } from './recompute-files.ts'
import { verifyFiles } from './verify-files.ts'

export interface CheckArgs {
  readonly quarter: Quarter
  /** Missing = the newest. */
  readonly version?: number | undefined
  /** ISO with offset: of versions as of later instants nothing is asked. */
  readonly asOf?: string | undefined
  /** Also computes every result again from the stored facts. */
  readonly recomputes: boolean
  readonly onProgress?: (progress: Pick<NonNullable<QuarterProgress>, 'phase' | 'done' | 'total'>) => void
  readonly signal?: AbortSignal | undefined
}

const STATEMENT_TIMEOUT_SECONDS = 3_600

/** One version of a frozen quarter, the newest that is asked for. Throws ServiceError `not_found`. */
export async function getFrozenVersion(
  db: ReadonlyDb,
  { asOf, quarter, version }: Pick<CheckArgs, 'asOf' | 'quarter' | 'version'>,
): Promise<FrozenQuarterRow> {
  const versions = await listFrozenQuarters(db, quarter)
  const until = asOf === undefined ? Infinity : Date.parse(asOf)
  const found = versions.find((one) => (version === undefined || one.version === version) && one.asOf <= until)
  if (found !== undefined) return found
  if (versions.length === 0) throw new ServiceError('not_found', 'quarter_not_frozen', { quarter })
  const asked = [version, asOf].filter((one) => one !== undefined).join(' ')
  throw new ServiceError('not_found', 'quarter_version_unknown', { quarter, version: asked })
}

/** Reads a frozen quarter whole. Throws ServiceError `forbidden` for who does not reach everything. */
export function withWholeQuarter<T>(ctx: ServiceContext, read: (db: ReadonlyDb) => Promise<T>): Promise<T> {
  return withReach(
    ctx,
    localDateOf(ctx.clock()),
    (trx) => {
      if (findScope(trx)?.unitCodes !== null) throw new ServiceError('forbidden', 'freeze_needs_whole')
      return read(asReadonly(trx))
    },
    { isolation: 'repeatable read', isReadOnly: true, statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS },
  )
}

/** The audit trail has to name the manifest; its chain and its signed checkpoints vouch for the entry. */
async function checkAudit(db: ReadonlyDb, frozen: FrozenQuarterRow): Promise<QuarterProblem[]> {
  const entries = await listFreezeEntries(db, frozen.quarter)
  const own = entries.filter(({ text }) => parseAuditText(text)?.detail['version'] === frozen.version)
  const last = own.at(-1)
  if (last === undefined) return [{ file: null, reason: 'audit_missing' }]
  const isWhole = hashEntry(last.prevHash.toString('hex'), last.text) === last.hash.toString('hex')
  const named = parseAuditText(last.text)?.detail['manifestSha256']
  return isWhole && named === frozen.manifestSha256 ? [] : [{ file: null, reason: 'audit_differs' }]
}

async function checkHead(
  db: ReadonlyDb,
  frozen: FrozenQuarterRow,
  manifest: FrozenManifest,
): Promise<QuarterProblem[]> {
  const problems = await checkAudit(db, frozen)
  const isNamed =
    manifest.quarter === frozen.quarter &&
    manifest.version === frozen.version &&
    manifest.methodVersion === frozen.methodVersion &&
    Date.parse(manifest.asOf) === frozen.asOf &&
    manifest.regulation.id === frozen.regulationId &&
    manifest.regulation.version === frozen.regulationVersion
  if (!isNamed) problems.push({ file: null, reason: 'head_differs' })
  const names = new Set(manifest.files.map(({ name }) => name))
  const unknown = (await listFrozenFileNames(db, frozen.frozenId)).filter((name) => !names.has(name))
  return [...problems, ...unknown.map((file) => ({ file, reason: 'file_unknown' }))]
}

async function checkSource(
  source: QuarterSource,
  manifest: FrozenManifest,
  args: CheckArgs,
): Promise<QuarterProblem[]> {
  const { onProgress, signal } = args
  const problems = await verifyFiles(source, manifest, {
    signal,
    onFiles: (done, total) => onProgress?.({ phase: 'reading', done, total }),
  })
  if (!args.recomputes || problems.length > 0) return problems
  return await recomputeFiles(source, manifest, {
    signal,
    onUnits: (done, total) => onProgress?.({ phase: 'recomputing', done, total }),
  })
}

/**
 * Compares what is stored of a frozen quarter with its manifest, and that with its hash and with the audit trail; `recomputes`:
 * then computes the results again from the stored facts.
 */
export function checkQuarter(ctx: ServiceContext, args: CheckArgs): Promise<QuarterReport> {
  return withWholeQuarter(ctx, async (db) => {
    const frozen = await getFrozenVersion(db, args)
    const manifest = parseManifest(frozen.manifest)
    if (sha256Hex(frozen.manifest) !== frozen.manifestSha256 || manifest === null) {
      return toQuarterReport(frozen, [{ file: null, reason: 'manifest_differs' }])
    }
    const problems = await checkHead(db, frozen, manifest)
    return toQuarterReport(frozen, [...problems, ...(await checkSource(storedSource(db, frozen), manifest, args))])
  })
}

/** The same for a folder that an export made; needs no database. Throws ServiceError `invalid` for a folder without a manifest. */
export async function checkQuarterFolder(folder: string, args: CheckArgs): Promise<QuarterReport> {
  const source = folderSource(folder)
  const text = await source.manifestText().catch(() => '')
  const manifest = parseManifest(text)
  if (manifest === null) throw new ServiceError('invalid', 'quarter_manifest_unreadable', { folder })
  if (manifest.quarter !== args.quarter) {
    throw new ServiceError('invalid', 'quarter_manifest_other', { quarter: args.quarter, found: manifest.quarter })
  }
  const { methodVersion, quarter, version } = manifest
  const head = { manifest: text, manifestSha256: sha256Hex(text), methodVersion, quarter, version }
  return toQuarterReport({ ...head, asOf: Date.parse(manifest.asOf) }, await checkSource(source, manifest, args))
}
