import { resolve } from 'node:path'
import { parseInstantText, type QuarterReport } from '@zhidu/contract'
import { isQuarter, type Quarter } from '@zhidu/domain'
import { checkQuarter, checkQuarterFolder, exportQuarterFolder, freezeQuarter } from '@zhidu/services'
import type { Command } from 'commander'
import { Refusal, UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { programVersion } from '../program-version.ts'
import { sayNowAndThen } from './backup.ts'
import { QUARTER_WORDS } from './quarter-words.ts'

interface Common {
  readonly asOf?: string
  readonly json?: boolean
}

interface FreezeOptions extends Common {
  readonly supplement?: boolean
  readonly reason?: string
}

interface CheckOptions extends Common {
  readonly version?: string
  readonly from?: string
}

interface ExportOptions extends Common {
  readonly version?: string
  readonly out: string
}

function toQuarter(text: string): Quarter {
  if (isQuarter(text)) return text
  throw new UsageError({
    'zh-CN': `${text} 不是季度；请写成 2026Q3。`,
    en: `${text} is no quarter; write it as 2026Q3.`,
  })
}

function toInstant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const at = parseInstantText(text, Date.now())
  if (typeof at === 'number') return new Date(at).toISOString()
  throw new UsageError({
    'zh-CN': `--as-of ${text} 不是时刻；请写成 "2026-10-05 00:00"（北京时间）或带时区的 ISO 8601。`,
    en: `--as-of ${text} is no instant; write it as "2026-10-05 00:00" (UTC+08:00) or ISO 8601 with an offset.`,
  })
}

function toVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new UsageError({
    'zh-CN': `--version ${text} 不是版本号；请写 1、2、3……`,
    en: `--version ${text} is no version; write 1, 2, 3 …`,
  })
}

function progressOf(program: Program) {
  const say = sayNowAndThen(program)
  const words = QUARTER_WORDS[program.language]
  return {
    signal: program.signal,
    onProgress: ({ done, phase, total }: { phase: string; done: number; total: number }) =>
      say(() => words.step(phase, done, total)),
  }
}

async function runFreeze(program: Program, text: string, options: FreezeOptions): Promise<void> {
  const quarter = toQuarter(text)
  const reason = options.reason?.trim() ?? ''
  if ((options.supplement === true) !== (reason !== '')) {
    throw new UsageError({
      'zh-CN': '补充版要同时写 --supplement 和 --reason 缘由。',
      en: 'A supplement takes both --supplement and --reason TEXT.',
    })
  }
  const supplement = options.supplement === true ? { reason } : null
  const asOf = toInstant(options.asOf)
  const report = await withData(program, (ctx) =>
    freezeQuarter(ctx, { quarter, asOf, supplement, programVersion: programVersion(), ...progressOf(program) }),
  )
  const words = QUARTER_WORDS[program.language]
  if (options.json === true) program.print(JSON.stringify(report))
  else program.print(supplement === null ? words.frozen(report) : words.supplemented(report))
}

async function check(
  program: Program,
  text: string,
  options: CheckOptions,
  recomputes: boolean,
): Promise<QuarterReport> {
  const args = {
    quarter: toQuarter(text),
    version: toVersion(options.version),
    asOf: toInstant(options.asOf),
    recomputes,
    ...progressOf(program),
  }
  if (options.from !== undefined) return await checkQuarterFolder(resolve(program.cwd, options.from), args)
  return await withData(program, (ctx) => checkQuarter(ctx, args))
}

async function runCheck(program: Program, text: string, options: CheckOptions, recomputes: boolean): Promise<void> {
  const report = await check(program, text, options, recomputes)
  if (options.json === true) program.print(JSON.stringify(report))
  if (!report.equal) {
    throw new Refusal({ 'zh-CN': QUARTER_WORDS['zh-CN'].bad(report), en: QUARTER_WORDS.en.bad(report) })
  }
  const words = QUARTER_WORDS[program.language]
  if (options.json !== true) program.print(recomputes ? words.recomputed(report) : words.whole(report))
}

async function runExport(program: Program, text: string, options: ExportOptions): Promise<void> {
  const folder = resolve(program.cwd, options.out)
  const args = { quarter: toQuarter(text), version: toVersion(options.version), asOf: toInstant(options.asOf) }
  const report = await withData(program, (ctx) => exportQuarterFolder(ctx, args, folder))
  if (options.json === true) program.print(JSON.stringify(report))
  else program.print(QUARTER_WORDS[program.language].exported(folder, report))
}

/** `zhidu quarter …`: quarters that stay as they were, and can be computed again by anybody. */
export function addQuarterCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const name = say('季度，如 2026Q3', 'quarter, such as 2026Q3')
  const before = say('只看不晚于这个时刻的版本', 'the newest version as of this instant')
  const version = say('第几版；不填为最新一版', 'which version; the newest unless given')
  const quarter = root
    .command('quarter')
    .description(say('季度冻结：冻结、核验、复算、导出', 'frozen quarters: freeze, verify, recompute, export'))
    .helpCommand(false)
  quarter
    .command('freeze')
    .description(
      say(
        '冻结一个已结束的季度，或为已冻结的季度建补充版',
        'freeze a quarter that has ended, or supplement a frozen one',
      ),
    )
    .argument('<quarter>', name)
    .option('--as-of <instant>', say('数据截至；不填为现在', 'as of; now unless given'))
    .option('--supplement', say('在已冻结的版本之外另建一版', 'make another version beside the frozen one'))
    .option('--reason <text>', say('为什么建补充版', 'why the supplement is made'))
    .option('--json', json)
    .action((text: string, options: FreezeOptions) => runFreeze(program, text, options))
  for (const [command, recomputes, description] of [
    ['verify', false, say('核对存储的文件、清单和审计记录', 'compare the files, the manifest and the audit trail')],
    [
      'recompute',
      true,
      say(
        '由冻结的事实重新算出全部结果，逐字节比较',
        'compute every result again from the frozen facts, byte for byte',
      ),
    ],
  ] as const) {
    quarter
      .command(command)
      .description(description)
      .argument('<quarter>', name)
      .option('--from <folder>', say('用导出的文件夹，不用数据库', 'of an exported folder, without a database'))
      .option('--version <n>', version)
      .option('--as-of <instant>', before)
      .option('--json', json)
      .action((text: string, options: CheckOptions) => runCheck(program, text, options, recomputes))
  }
  quarter
    .command('export')
    .description(say('把冻结的季度导出为文件夹', 'write a frozen quarter to a folder'))
    .argument('<quarter>', name)
    .requiredOption('--out <folder>', say('写入的文件夹，不能已存在', 'folder to make'))
    .option('--version <n>', version)
    .option('--as-of <instant>', before)
    .option('--json', json)
    .action((text: string, options: ExportOptions) => runExport(program, text, options))
}
