import { toCanonicalJson } from '@zhidu/audit'
import type { FrozenManifest } from '@zhidu/contract'
import {
  compareCodePoints,
  FACT_FORMS,
  FACT_KINDS,
  type FactKind,
  type HolidayBlock,
  type LineForm,
  listMembers,
  METHOD_VERSION,
  officialOrder,
  PREVIOUS_RANK_FORM,
  type Regulation,
  UNIT_FORM,
} from '@zhidu/domain'
import { type JudgedUnit, judgeUnit, type QuarterFrame, writeResults } from './judge-quarter.ts'
import {
  CALENDAR_FILE,
  factsFile,
  isResultFile,
  PREVIOUS_RANKS_FILE,
  REGULATION_FILE,
  UNITS_FILE,
} from './package-files.ts'
import { PackageWriter } from './package-writer.ts'
import type { QuarterProblem } from './quarter-report.ts'
import { type QuarterSource, readLines, readWhole } from './quarter-source.ts'
import { UnitCursor } from './unit-cursor.ts'

type FactOf<K extends FactKind> = Parameters<(typeof FACT_FORMS)[K]['write']>[0]

/** A file that cannot be read as what it is named. */
class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly file: string

  constructor(file: string, cause: unknown) {
    super(`${file} cannot be read`, { cause })
    this.file = file
  }
}

async function reading<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) {
      throw new UnreadableFile(file, error)
    }
    throw error
  }
}

/** A document in its one spelling. Throws RangeError for any other. */
async function readDocument<T>(source: QuarterSource, name: string): Promise<T> {
  return await reading(name, async () => {
    const text = await readWhole(source, name)
    const document = JSON.parse(text) as Parameters<typeof toCanonicalJson>[0]
    if (`${toCanonicalJson(document)}\n` !== text) throw new RangeError(`${name} is not in canonical form`)
    // Safe: the hash of the file was that of the manifest.
    return document as T
  })
}

async function readRows<T>(source: QuarterSource, name: string, form: LineForm<T>): Promise<T[]> {
  return await reading(name, async () => {
    const rows: T[] = []
    for await (const lines of readLines(source, name)) for (const line of lines) rows.push(form.read(line))
    return rows
  })
}

async function readFrame(source: QuarterSource, manifest: FrozenManifest): Promise<QuarterFrame> {
  const regulation = await readDocument<Regulation>(source, REGULATION_FILE)
  const holidays = await readDocument<HolidayBlock[]>(source, CALENDAR_FILE)
  const periods = await readRows(source, UNITS_FILE, UNIT_FORM)
  const ranks = await readRows(source, PREVIOUS_RANKS_FILE, PREVIOUS_RANK_FORM)
  const periodsOf = Map.groupBy(periods, ({ unitCode }) => unitCode)
  return {
    quarter: manifest.quarter,
    asOf: Date.parse(manifest.asOf),
    rules: { regulation, holidays },
    roster: { periodsOf, position: officialOrder(periodsOf.keys()), successions: [] },
    previousRanks: new Map(ranks.map(({ rank, unitCode }) => [unitCode, rank])),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
const NO_FILES: QuarterSource = { manifestText: () => Promise.resolve(''), open: nothing }

/** The facts of one kind, unit by unit. */
class FactReader<K extends FactKind> {
  readonly #name: string
  readonly #form: LineForm<FactOf<K>>
  readonly #cursor: UnitCursor<FactOf<K>>

  /** `isThere` false: a kind of which the quarter has no file, and no row. */
  constructor(source: QuarterSource, kind: K, isThere = true) {
    this.#name = factsFile(kind)
    // Safe: the form of a kind comes under its key.
    this.#form = FACT_FORMS[kind] as unknown as LineForm<FactOf<K>>
    this.#cursor = new UnitCursor(this.#pages(isThere ? source : NO_FILES), this.#name)
  }

  async *#pages(source: QuarterSource): AsyncGenerator<FactOf<K>[]> {
    for await (const lines of readLines(source, this.#name)) yield lines.map(this.#form.read)
  }

  /** Throws UnreadableFile for rows that are not in the order of their lines. */
  async take(unitCode: string): Promise<FactOf<K>[]> {
    return await reading(this.#name, async () => {
      const rows = await this.#cursor.take(unitCode)
      rows.forEach((row, index) => {
        const before = rows[index - 1]
        if (before !== undefined && this.#form.compare(before, row) >= 0) throw new RangeError('rows out of order')
      })
      return rows
    })
  }

  async end(): Promise<void> {
    await reading(this.#name, () => this.#cursor.end())
  }
}

function hasFile(manifest: FrozenManifest, kind: FactKind): boolean {
  return manifest.files.some(({ name }) => name === factsFile(kind))
}

function openFacts(source: QuarterSource, manifest: FrozenManifest): { readonly [K in FactKind]: FactReader<K> } {
  return {
    adoptions: new FactReader(source, 'adoptions'),
    bonuses: new FactReader(source, 'bonuses'),
    checks: new FactReader(source, 'checks'),
    filings: new FactReader(source, 'filings'),
    log_items: new FactReader(source, 'log_items', hasFile(manifest, 'log_items')),
    misreports: new FactReader(source, 'misreports'),
    pre_reports: new FactReader(source, 'pre_reports'),
    reopenings: new FactReader(source, 'reopenings'),
    reports: new FactReader(source, 'reports'),
    waivers: new FactReader(source, 'waivers', hasFile(manifest, 'waivers')),
  }
}

interface Options {
  readonly onUnits?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

const UNITS_PER_WORD = 100

async function judgeAll(
  source: QuarterSource,
  frame: QuarterFrame,
  manifest: FrozenManifest,
  options: Options,
): Promise<Map<string, JudgedUnit>> {
  const { periodsOf } = frame.roster
  const members = new Set(listMembers(periodsOf, frame.quarter).map(({ unitCode }) => unitCode))
  const facts = openFacts(source, manifest)
  const judged = new Map<string, JudgedUnit>()
  const all = [...periodsOf.keys()].sort(compareCodePoints)
  for (const [index, unitCode] of all.entries()) {
    options.signal?.throwIfAborted()
    const standing = {
      unitCode,
      periods: periodsOf.get(unitCode) ?? [],
      checks: await facts.checks.take(unitCode),
      misreports: await facts.misreports.take(unitCode),
      filings: await facts.filings.take(unitCode),
      bonuses: await facts.bonuses.take(unitCode),
      preReports: await facts.pre_reports.take(unitCode),
      adoptions: await facts.adoptions.take(unitCode),
      reopenings: await facts.reopenings.take(unitCode),
      waivers: await facts.waivers.take(unitCode),
      logItems: await facts.log_items.take(unitCode),
    }
    const reports = await facts.reports.take(unitCode)
    if (members.has(unitCode)) judged.set(unitCode, judgeUnit(frame, standing, reports))
    if ((index + 1) % UNITS_PER_WORD === 0 || index + 1 === all.length) options.onUnits?.(index + 1, all.length)
  }
  for (const kind of FACT_KINDS) await facts[kind].end()
  return judged
}

/** Every file of results made again from the others, and compared byte for byte by length and hash; the first that differs first. */
export async function recomputeFiles(
  source: QuarterSource,
  manifest: FrozenManifest,
  options: Options = {},
): Promise<QuarterProblem[]> {
  // Another method may rightly come to something else; the program that knows this one is needed.
  if (manifest.methodVersion !== METHOD_VERSION) return [{ file: null, reason: 'method_differs' }]
  const writer = new PackageWriter(null)
  try {
    const frame = await readFrame(source, manifest)
    await writeResults(frame, await judgeAll(source, frame, manifest, options), writer)
  } catch (error) {
    if (error instanceof UnreadableFile) return [{ file: error.file, reason: 'file_unreadable' }]
    // Rules that no editor would have published, and the like.
    if (error instanceof RangeError || error instanceof TypeError) return [{ file: null, reason: 'not_computable' }]
    throw error
  }
  const made = new Map((await writer.end()).map((file) => [file.name, file]))
  const expected = manifest.files.filter(({ name }) => isResultFile(name))
  const problems = expected.flatMap((file): QuarterProblem[] => {
    const again = made.get(file.name)
    const isEqual = again?.sha256 === file.sha256 && again.bytes === file.bytes && again.group === file.group
    return isEqual ? [] : [{ file: file.name, reason: 'result_differs' }]
  })
  const missing = [...made.keys()].filter((name) => !expected.some((file) => file.name === name))
  return [...problems, ...missing.map((file) => ({ file, reason: 'file_missing' }))]
}
