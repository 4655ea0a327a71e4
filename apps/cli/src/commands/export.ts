import { isQuarter, type Quarter } from '@zhidu/domain'
import { writeExport } from '@zhidu/services'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { IMPORT_WORDS } from './import-messages.ts'
import { toKind } from './kind-argument.ts'
import { writeOutput } from './output-file.ts'

export interface ExportOptions {
  readonly format: string
  readonly quarter?: string
  readonly json?: boolean
}

function toQuarterOption(text: string | undefined): Quarter | undefined {
  if (text === undefined || isQuarter(text)) return text
  throw new UsageError({
    'zh-CN': `--quarter ${text} 不是季度；请写成 2026Q3。`,
    en: `--quarter ${text} is no quarter; write it as 2026Q3.`,
  })
}

function toFormat(text: string): 'csv' | 'xlsx' {
  if (text === 'csv' || text === 'xlsx') return text
  throw new UsageError({
    'zh-CN': `--format ${text} 不可用；可填 csv 或 xlsx。`,
    en: `--format ${text} is not known; csv or xlsx.`,
  })
}

/** `zhidu export KIND --format csv|xlsx FILE`: what `import` reads back unchanged. */
export async function runExport(
  program: Program,
  kindText: string,
  file: string,
  options: ExportOptions,
): Promise<void> {
  const kind = toKind(kindText)
  const args = {
    kind,
    format: toFormat(options.format),
    quarter: toQuarterOption(options.quarter),
    language: program.language,
  }
  await withData(program, (ctx) => writeOutput(program, file, (sink) => writeExport(ctx, args, sink)))
  if (options.json === true)
    program.print(JSON.stringify({ kind, format: args.format, quarter: args.quarter ?? null, file }))
  else program.say(IMPORT_WORDS[program.language].exported(file))
}
