import { CalendarInput } from '@zhidu/contract'
import { getCalendar } from '@zhidu/services'
import { UsageError } from '../exit.ts'
import { type Program, withData } from '../program.ts'
import { printTable } from '../table.ts'

const HEADER = {
  'zh-CN': ['节日', '放假首日', '放假末日', '报送截止日'],
  en: ['Holiday', 'First day off', 'Last day off', 'Forms due on'],
} as const

function toYear(text: string): number {
  const input = CalendarInput.safeParse({ year: /^\d{4}$/.test(text) ? Number(text) : Number.NaN })
  if (input.success) return input.data.year
  throw new UsageError({
    'zh-CN': `${text} 不是年份；请写成 2026。`,
    en: `${text} is no year; write it as 2026.`,
  })
}

/** `zhidu calendar`: a year's holidays and by when their forms are due. A year without a notice is said so, and no error. */
export async function runCalendar(program: Program, text: string, options: { readonly json?: boolean }): Promise<void> {
  const year = toYear(text)
  const english = program.language === 'en'
  const calendar = await withData(program, (ctx) => getCalendar(ctx, { year }))
  if (options.json === true) program.print(JSON.stringify(calendar))
  if (!calendar.announced) {
    program.say(
      english
        ? `The ${year} holidays are not announced; due dates are not computed.`
        : `${year} 年放假安排尚未公布，截止日暂不计算。`,
    )
    return
  }
  if (options.json !== true) {
    printTable(
      program,
      HEADER[program.language],
      calendar.holidays.map(({ dueOn, firstDayOff, holiday, lastDayOff }) => [holiday, firstDayOff, lastDayOff, dueOn]),
    )
  }
  for (const { dueOn, holiday, provisional } of calendar.holidays) {
    if (provisional !== true) continue
    program.say(
      english
        ? `${holiday}: due on ${dueOn} by the week alone, because the holidays of ${dueOn.slice(0, 4)} are not announced here.`
        : `${holiday}：${dueOn.slice(0, 4)} 年放假安排未录入，截止日 ${dueOn} 暂按周末推算。`,
    )
  }
}
