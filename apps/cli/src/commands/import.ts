import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Kind, wordIssue } from '@zhidu/contract'
import {
  type ImportOutcome,
  type ImportProgress,
  readIssues,
  runImport,
  type ServiceContext,
  toImportIssue,
  toRefusedXlsx,
} from '@zhidu/services'
import { Refusal } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { IMPORT_WORDS, placeOf, progressLine, summaryOf } from './import-messages.ts'
import { toKind } from './kind-argument.ts'
import { checkWritable, writeOutput } from './output-file.ts'

export interface ImportOptions {
  readonly dryRun?: boolean
  readonly acceptValid?: boolean
  /** Takes the refused rows. */
  readonly errors?: string
  readonly json?: boolean
}

const ISSUES_LISTED = 100
const ISSUES_PER_PIECE = 1_000
const PRINTED_AT_ONCE = 1_000_000
const FIRST_PROGRESS_MS = 1_000
const PROGRESS_EVERY_MS = 2_000

/** Says how far it is once it takes longer than a second, then every other second and at every new step. */
function createProgress(program: Program): (progress: ImportProgress) => void {
  const startedAt = performance.now()
  let saidAt = -Infinity
  let phase: ImportProgress['phase'] | null = null
  return (progress) => {
    const now = performance.now()
    if (now - startedAt < FIRST_PROGRESS_MS && progress.phase !== 'waiting') return
    if (progress.phase === phase && now - saidAt < PROGRESS_EVERY_MS) return
    saidAt = now
    phase = progress.phase
    program.say(progressLine(progress, program.language))
  }
}

/** The issues of one list as JSON, in pieces: there may be a million. */
async function* toJsonItems(
  kind: Kind,
  outcome: ImportOutcome,
  isWarning: boolean,
  program: Program,
): AsyncGenerator<string> {
  let piece: string[] = []
  let isFirst = true
  const join = (): string => `${isFirst ? '' : ','}${piece.join(',')}`
  for await (const issue of readIssues(outcome.issuesPath)) {
    if (issue.isWarning !== isWarning) continue
    piece.push(JSON.stringify(toImportIssue(kind, issue, program.language)))
    if (piece.length < ISSUES_PER_PIECE) continue
    yield join()
    isFirst = false
    piece = []
  }
  if (piece.length > 0) yield join()
}

/** One JSON document with every issue. A short one is one line. */
async function printJson(program: Program, kind: Kind, outcome: ImportOutcome): Promise<void> {
  const { errors: _e, warnings: _w, ...counts } = outcome.result
  let line = `${JSON.stringify(counts).slice(0, -1)},"errors":[`
  const put = (text: string): void => {
    line += text
    if (line.length < PRINTED_AT_ONCE) return
    program.print(line)
    line = ''
  }
  for await (const piece of toJsonItems(kind, outcome, false, program)) put(piece)
  put('],"warnings":[')
  for await (const piece of toJsonItems(kind, outcome, true, program)) put(piece)
  program.print(`${line}]}`)
}

async function sayIssues(program: Program, kind: Kind, outcome: ImportOutcome): Promise<void> {
  const words = IMPORT_WORDS[program.language]
  let listed = 0
  for await (const issue of readIssues(outcome.issuesPath)) {
    if (listed >= ISSUES_LISTED) break
    listed += 1
    const { accepted, reason } = wordIssue(kind, issue, program.language)
    const place = placeOf(issue, program.language)
    const mark = issue.isWarning ? `${words.warning} ` : ''
    program.say(
      program.language === 'en' ? `${mark}${place}: ${reason}. ${accepted}` : `${mark}${place}：${reason}。${accepted}`,
    )
  }
  const more = outcome.errorTotal + outcome.warningTotal - listed
  if (more > 0) program.say(words.more(more))
}

async function takeRefused(
  program: Program,
  ctx: ServiceContext,
  kind: Kind,
  path: string,
  outcome: ImportOutcome,
  name: string,
): Promise<void> {
  const words = IMPORT_WORDS[program.language]
  if (outcome.result.rejected === 0) {
    program.say(words.refusedNone(name))
    return
  }
  const { issuesPath } = outcome
  const bytes = toRefusedXlsx(ctx, { kind, path, issuesPath, language: program.language, signal: program.signal })
  await writeOutput(program, name, (sink) => pipeline(Readable.from(bytes), sink))
  program.say(words.refusedWritten(name))
}

/** `zhidu import KIND FILE`. Throws Refusal when the file was not taken, also of a dry run. */
export async function runImportCommand(
  program: Program,
  kindText: string,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const kind = toKind(kindText)
  const path = resolve(program.cwd, file)
  const words = IMPORT_WORDS[program.language]
  // Before anything is imported: a command that ends as refused has changed nothing.
  if (options.errors !== undefined) await checkWritable(program, options.errors)
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-import-'))
  try {
    const outcome = await withData(program, async (ctx) => {
      const args = {
        kind,
        path,
        fileName: basename(file),
        dryRun: options.dryRun === true,
        acceptValid: options.acceptValid === true,
        language: program.language,
        onProgress: createProgress(program),
        signal: program.signal,
      }
      const done = await runImport(ctx, args, folder)
      if (options.errors !== undefined) await takeRefused(program, ctx, kind, path, done, options.errors)
      return done
    })
    const { failure, result, status } = outcome
    if (options.json === true) await printJson(program, kind, outcome)
    else {
      await sayIssues(program, kind, outcome)
      program.print(summaryOf(result, status, program.language))
    }
    const isRefused =
      status === 'refused' || (status === 'tried' && result.rejected > 0 && options.acceptValid !== true)
    if (isRefused) {
      const key = failure === null ? 'howToGoOn' : 'howToGoOnFile'
      throw new Refusal({ 'zh-CN': IMPORT_WORDS['zh-CN'][key], en: IMPORT_WORDS.en[key] })
    }
    if (result.rejected > 0) program.say(words.left(result.rejected))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
