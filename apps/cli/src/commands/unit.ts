import { SuccessionInput } from '@zhidu/contract'
import { getUnitHistory, recordRefusal, recordSuccession, ServiceError } from '@zhidu/services'
import type { Command } from 'commander'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { printTable } from '../table.ts'
import { CHANGE_WORDS } from './unit-words.ts'

interface ActOptions {
  readonly into: readonly string[]
  readonly on: string
  readonly reason: string
  readonly json?: boolean
}

async function runAct(
  program: Program,
  kind: 'merge' | 'split',
  fromCodes: readonly string[],
  options: ActOptions,
): Promise<void> {
  const input = SuccessionInput.safeParse({
    kind,
    fromCodes,
    toCodes: options.into,
    onDate: options.on,
    reason: options.reason,
  })
  if (!input.success) {
    throw new UsageError({
      'zh-CN': '--on 要写成 2026-07-01，--reason 要 2 到 500 个字。',
      en: '--on is written 2026-07-01, --reason takes 2 to 500 characters.',
    })
  }
  const { actId } = await withData(program, async (ctx) => {
    try {
      return await recordSuccession(ctx, input.data)
    } catch (error) {
      if (error instanceof ServiceError) await recordRefusal(ctx, { action: 'unit.record' }, error)
      throw error
    }
  })
  if (options.json === true) {
    program.print(JSON.stringify({ actId, ...input.data }))
    return
  }
  const [from, to] = [fromCodes.join('、'), options.into.join('、')]
  const words = {
    merge: {
      'zh-CN': `已记录合并：${from} 自 ${options.on} 起并入 ${to}。事实和审计记录一条未动。`,
      en: `Recorded: ${from} merged into ${to} on ${options.on}. No fact and no audit entry changed.`,
    },
    split: {
      'zh-CN': `已记录拆分：${from} 自 ${options.on} 起分出 ${to}。事实和审计记录一条未动。`,
      en: `Recorded: ${to} split off ${from} on ${options.on}. No fact and no audit entry changed.`,
    },
  }
  program.say(words[kind][program.language])
}

/** `zhidu unit history`: what happened to a unit, oldest first. */
async function runUnitHistory(program: Program, unitCode: string, options: { readonly json?: boolean }): Promise<void> {
  const history = await withData(program, (ctx) => getUnitHistory(ctx, { unitCode }))
  if (options.json === true) {
    program.print(JSON.stringify(history))
    return
  }
  const english = program.language === 'en'
  printTable(
    program,
    english ? ['Day', 'Change', 'Before', 'After'] : ['日期', '变化', '此前', '此后'],
    history.changes.map(({ after, before, kind, onDate }) => [
      onDate ?? (english ? 'always' : '一直'),
      CHANGE_WORDS[kind][program.language],
      before ?? '—',
      after ?? '—',
    ]),
  )
}

/** `zhidu unit …`: mergers and splits, and what became of a unit. Rows of units come by the units file. */
export function addUnitCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const unit = root
    .command('unit')
    .description(say('单位的合并、拆分和沿革', 'mergers, splits and history of units'))
    .helpCommand(false)
  const on = say('新体制的第一天，如 2026-07-01', 'first day of the new order, such as 2026-07-01')
  const reason = say('依据或原因，写入审计', 'why; goes into the audit trail')
  unit
    .command('merge')
    .description(say('记录几个单位并入一个', 'record that units were merged into one'))
    .argument('<codes...>', say('并入的单位，须已在单位文件里停用', 'the merged units, closed by the units file'))
    .requiredOption('--into <code>', say('并入哪个单位', 'the unit they were merged into'))
    .requiredOption('--on <date>', on)
    .requiredOption('--reason <text>', reason)
    .option('--json', json)
    .action((codes: string[], options: Omit<ActOptions, 'into'> & { into: string }) =>
      runAct(program, 'merge', codes, { ...options, into: [options.into] }),
    )
  unit
    .command('split')
    .description(say('记录一个单位分出几个', 'record that units were split off one'))
    .argument('<code>', say('被拆分的单位', 'the unit that was split'))
    .requiredOption('--into <codes...>', say('分出的单位', 'the units it was split into'))
    .requiredOption('--on <date>', on)
    .requiredOption('--reason <text>', reason)
    .option('--json', json)
    .action((code: string, options: ActOptions) => runAct(program, 'split', [code], options))
  unit
    .command('history')
    .description(say('一个单位的沿革', 'what happened to a unit'))
    .argument('<code>', say('单位编码', 'unit code'))
    .option('--json', json)
    .action((code: string, options: { json?: boolean }) => runUnitHistory(program, code, options))
}
