import { UnitActInput } from '@zhidu/contract'
import { getUnitHistory, recordRefusal, recordUnitAct, ServiceError } from '@zhidu/services'
import type { Command } from 'commander'
import type { Language } from '../language.ts'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { printTable } from '../table.ts'
import { CHANGE_WORDS } from './unit-words.ts'

interface ActOptions {
  readonly on: string
  readonly reason: string
  readonly json?: boolean
}

interface Act {
  /** What the command line says of the act; days and reasons come from the options. */
  readonly input: Readonly<Record<string, unknown>>
  readonly said: Readonly<Record<Language, string>>
}

async function runAct(program: Program, act: Act, options: ActOptions): Promise<void> {
  const input = UnitActInput.safeParse({ ...act.input, onDate: options.on, reason: options.reason })
  if (!input.success) {
    throw new UsageError({
      'zh-CN': '--on 要写成 2026-07-01，--reason 要 2 到 500 个字。',
      en: '--on is written 2026-07-01, --reason takes 2 to 500 characters.',
    })
  }
  const done = await withData(program, async (ctx) => {
    try {
      return await recordUnitAct(ctx, input.data)
    } catch (error) {
      if (error instanceof ServiceError) await recordRefusal(ctx, { action: 'unit.record' }, error)
      throw error
    }
  })
  if (options.json === true) {
    program.print(JSON.stringify({ ...done, ...input.data }))
    return
  }
  program.say(act.said[program.language])
}

const KEPT: Readonly<Record<Language, string>> = {
  'zh-CN': '事实和审计记录一条未动。',
  en: 'No fact and no audit entry changed.',
}

function toMerger(fromCodes: readonly string[], into: string, on: string): Act {
  const from = fromCodes.join('、')
  return {
    input: { kind: 'merge', fromCodes, toCodes: [into] },
    said: {
      'zh-CN': `已记录合并：${from} 自 ${on} 起停用，并入 ${into}。${KEPT['zh-CN']}`,
      en: `Recorded: ${from} closed and merged into ${into} on ${on}. ${KEPT.en}`,
    },
  }
}

function toSplit(fromCode: string, toCodes: readonly string[], on: string, keepsOld: boolean): Act {
  const to = toCodes.join('、')
  return {
    input: { kind: 'split', fromCodes: [fromCode], toCodes, keepsOld },
    said: {
      'zh-CN': `已记录拆分：${fromCode} 自 ${on} 起分出 ${to}${keepsOld ? '' : '，原单位停用'}。${KEPT['zh-CN']}`,
      en: `Recorded: ${to} split off ${fromCode} on ${on}${keepsOld ? '' : ', which is closed'}. ${KEPT.en}`,
    },
  }
}

function toClosing(unitCode: string, on: string): Act {
  return {
    input: { kind: 'close', unitCode },
    said: {
      'zh-CN': `已停用：${unitCode}，自 ${on} 起。${KEPT['zh-CN']}`,
      en: `Closed: ${unitCode}, from ${on} on. ${KEPT.en}`,
    },
  }
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

/** `zhidu unit …`: mergers, splits and closings, and what became of a unit. New units come by the units file or the dashboard. */
export function addUnitCommands(
  root: Command,
  program: Program,
  say: (chinese: string, english: string) => string,
): void {
  const json = say('只输出一个 JSON 文档', 'print one JSON document and nothing else')
  const unit = root
    .command('unit')
    .description(say('单位的合并、拆分、停用和沿革', 'mergers, splits, closings and history of units'))
    .helpCommand(false)
  const on = say('新体制的第一天，如 2026-07-01', 'first day of the new order, such as 2026-07-01')
  const reason = say('依据或原因，写入审计', 'why; goes into the audit trail')
  unit
    .command('merge')
    .description(say('记录几个单位并入一个', 'record that units were merged into one'))
    .argument('<codes...>', say('并入的单位，自这一天起停用', 'the merged units, closed from the day on'))
    .requiredOption('--into <code>', say('并入哪个单位', 'the unit they were merged into'))
    .requiredOption('--on <date>', on)
    .requiredOption('--reason <text>', reason)
    .option('--json', json)
    .action((codes: string[], options: ActOptions & { into: string }) =>
      runAct(program, toMerger(codes, options.into, options.on), options),
    )
  unit
    .command('split')
    .description(say('记录一个单位分出几个', 'record that units were split off one'))
    .argument('<code>', say('被拆分的单位', 'the unit that was split'))
    .requiredOption('--into <codes...>', say('分出的单位', 'the units it was split into'))
    .option('--keep', say('原单位仍启用', 'the old unit stays open'))
    .requiredOption('--on <date>', on)
    .requiredOption('--reason <text>', reason)
    .option('--json', json)
    .action((code: string, options: ActOptions & { into: string[]; keep?: boolean }) =>
      runAct(program, toSplit(code, options.into, options.on, options.keep === true), options),
    )
  unit
    .command('close')
    .description(say('停用一个单位', 'close a unit'))
    .argument('<code>', say('单位编码', 'unit code'))
    .requiredOption('--on <date>', say('停用的第一天，如 2026-07-01', 'first day closed, such as 2026-07-01'))
    .requiredOption('--reason <text>', reason)
    .option('--json', json)
    .action((code: string, options: ActOptions) => runAct(program, toClosing(code, options.on), options))
  unit
    .command('history')
    .description(say('一个单位的沿革', 'what happened to a unit'))
    .argument('<code>', say('单位编码', 'unit code'))
    .option('--json', json)
    .action((code: string, options: { json?: boolean }) => runUnitHistory(program, code, options))
}
