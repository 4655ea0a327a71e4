import { LeagueInput, parseInstantText } from '@zhidu/contract'
import { getLeague } from '@zhidu/services'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { printTable } from '../table.ts'

export interface LeagueOptions {
  readonly quarter: string
  readonly group: string
  readonly asOf?: string
  readonly tree?: 'then' | 'now'
  readonly json?: boolean
}

/** ISO with offset of an instant as a person writes it; throws UsageError. */
function toAsOf(text: string): string {
  const at = parseInstantText(text, Date.now())
  if (typeof at === 'number') return new Date(at).toISOString()
  throw new UsageError({
    'zh-CN': `--as-of ${text} 不是时刻；请写成 "2026-10-05 00:00"（北京时间）或带时区的 ISO 8601。`,
    en: `--as-of ${text} is no instant; write it as "2026-10-05 00:00" (UTC+08:00) or ISO 8601 with an offset.`,
  })
}

const HEADER = {
  'zh-CN': ['名次', '单位', '得分', '等次', '按时/应报', '要素', '抽查', '扣分条数', '上季名次'],
  en: ['Rank', 'Unit', 'Score', 'Grade', 'On time/owed', 'Elements', 'Checks', 'Deductions', 'Previous'],
} as const

/** `zhidu league`: the table of one peer group. */
export async function runLeague(program: Program, options: LeagueOptions): Promise<void> {
  const input = LeagueInput.safeParse({
    quarter: options.quarter,
    group: options.group,
    ...(options.tree === undefined ? {} : { tree: options.tree }),
    ...(options.asOf === undefined ? {} : { asOf: toAsOf(options.asOf) }),
  })
  if (!input.success) {
    throw new UsageError({
      'zh-CN': `--quarter ${options.quarter} 不是季度；请写成 2026Q3。`,
      en: `--quarter ${options.quarter} is no quarter; write it as 2026Q3.`,
    })
  }
  const league = await withData(program, (ctx) => getLeague(ctx, input.data))
  if (options.json === true) {
    program.print(JSON.stringify(league))
    return
  }
  printTable(
    program,
    HEADER[program.language],
    league.rows.map((row) => [
      row.rank === null ? '—' : `${row.tied ? (program.language === 'en' ? '=' : '并列') : ''}${row.rank}`,
      row.name,
      row.score === null ? (program.language === 'en' ? 'not measured' : '未测量') : row.score.toFixed(1),
      row.grade ?? '—',
      `${row.timeliness.onTime}/${row.timeliness.owed}`,
      `${row.completeness.part}/${row.completeness.whole}`,
      `${row.checks.passed}/${row.checks.total}`,
      String(row.deductions.length),
      row.previousRank === null ? '—' : String(row.previousRank),
    ]),
  )
  program.say(
    program.language === 'en'
      ? `${league.quarter}, ${league.group}, as of ${league.asOf}, rules ${league.regulation.id} ${league.regulation.version}, method ${league.methodVersion}`
      : `${league.quarter}，${league.group}，数据截至 ${league.asOf}，规则 ${league.regulation.id} ${league.regulation.version}，方法 ${league.methodVersion}`,
  )
}
