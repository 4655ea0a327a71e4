import { type CalendarPackRead, type HolidayBlockItem, HolidayPack, SpecialPeriodInput } from '@zhidu/contract'
import { TableError } from '@zhidu/documents'
import { HOLIDAYS, type PackProblem, readPackDay, type SourceRow } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { readSourceRows } from '../filing/read-form-file.ts'
import { ServiceError } from '../service-error.ts'
import { HOLIDAY_HEADS, PERIOD_HEADS, toKind, toLevel, toYesNo } from './pack-words.ts'
import { previewNotice } from './record-notice.ts'
import { previewPeriods } from './special-periods.ts'

const MAX_PACK_BYTES = 2_000_000

type Cells = ReadonlyMap<string, string>
type Add = (kind: PackProblem['kind'], row: number | null, value?: string) => void

function tableOf(
  rows: readonly SourceRow[],
  heads: readonly string[],
): { readonly row: number; readonly cells: Cells }[] | null {
  const index = rows.findIndex(({ cells }) =>
    heads.slice(0, 4).every((head) => cells.some((cell) => cell.trim() === head)),
  )
  const head = rows[index]
  if (head === undefined) return null
  const places = heads.map((name) => [name, head.cells.findIndex((cell) => cell.trim() === name)] as const)
  return rows
    .slice(index + 1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ cells, row }) => ({
      row,
      cells: new Map(places.map(([name, place]) => [name, (cells[place] ?? '').trim()])),
    }))
}

function readBlock(cells: Cells, row: number, add: Add): HolidayBlockItem | null {
  const text = (head: string): string => cells.get(head) ?? ''
  const name = HOLIDAYS.find((one) => one === text('节日'))
  if (name === undefined) add('name_unknown', row, text('节日'))
  const day = (value: string): string => {
    const found = readPackDay(value)
    if (found === null) add('day_unreadable', row, value)
    return found ?? ''
  }
  const [firstDayOff, lastDayOff] = [day(text('放假首日')), day(text('放假末日'))]
  const makeupWorkdays = text('调休上班日')
    .split(/[\s、,，;；]+/)
    .filter((one) => one !== '')
    .map(day)
  const isWhole = name !== undefined && ![firstDayOff, lastDayOff, ...makeupWorkdays].includes('')
  return isWhole ? { name, firstDayOff, lastDayOff, makeupWorkdays } : null
}

function readPeriod(cells: Cells, row: number, add: Add): SpecialPeriodInput | null {
  const text = (head: string): string => cells.get(head) ?? ''
  const kind = toKind(text('类型'))
  if (kind === null) add('kind_unknown', row, text('类型'))
  const level = toLevel(text('响应级别'))
  if (level === null && text('响应级别') !== '') add('level_unknown', row, text('响应级别'))
  const title = text('名称')
  if (title.length < 2) add('title_missing', row, title)
  const [from, to] = [readPackDay(text('起始日期')), readPackDay(text('结束日期'))]
  if (from === null) add('day_unreadable', row, text('起始日期'))
  const isOpen = text('结束日期') === ''
  if (to === null && !isOpen) add('day_unreadable', row, text('结束日期'))
  const [leaders, reports] = [toYesNo(text('双带班')), toYesNo(text('每日零报告'))]
  for (const [answer, head] of [
    [leaders, '双带班'],
    [reports, '每日零报告'],
  ] as const) {
    if (answer === null) add('yes_no_unknown', row, text(head))
  }
  if (kind === null || from === null || leaders === null || reports === null || title.length < 2) return null
  const asks = { asksDoubleLeaders: leaders, asksDailyReport: reports }
  const said = { kind, level, title, from, to, ...asks, note: text('说明'), basis: text('依据文件') }
  const checked = SpecialPeriodInput.safeParse(said)
  if (!checked.success) add('row_refused', row, title)
  return checked.success ? checked.data : null
}

function parseJson(content: Uint8Array): HolidayPack | null {
  const text = new TextDecoder().decode(content).trimStart()
  if (!text.startsWith('{')) return null
  try {
    return HolidayPack.parse(JSON.parse(text))
  } catch (error) {
    throw new ServiceError('invalid', 'calendar_pack_json', {}, { cause: error })
  }
}

async function toHolidays(
  ctx: ServiceContext,
  pack: Omit<HolidayPack, 'kind'>,
  problems: PackProblem[],
): Promise<CalendarPackRead> {
  const { blocks, source, year } = pack
  const preview = problems.length > 0 ? null : await previewNotice(ctx, { year, blocks })
  return { kind: 'holidays', year, source, blocks, problems, preview }
}

/**
 * A calendar out of a file: a year's notice (CSV, XLSX, or JSON), or special periods (CSV, XLSX). Shown with what it would change; nothing
 * is in force by it. Throws ServiceError `invalid` for what is no such file, `forbidden` for a year's notice anywhere but at the top.
 */
export async function readCalendarPack(ctx: ServiceContext, content: Uint8Array): Promise<CalendarPackRead> {
  if (content.length === 0) throw new ServiceError('invalid', 'upload_empty')
  if (content.length > MAX_PACK_BYTES) throw new ServiceError('invalid', 'upload_too_large', { limit: '2' })
  const pack = parseJson(content)
  if (pack !== null) return await toHolidays(ctx, pack, [])
  const rows = await readSourceRows(content).catch((error: unknown): never => {
    if (!(error instanceof TableError)) throw error
    throw new ServiceError('invalid', 'calendar_pack_unreadable', { why: error.code }, { cause: error })
  })
  const problems: PackProblem[] = []
  const add: Add = (kind, row, value = '') => {
    problems.push({ kind, row, value: value === '' ? null : value.slice(0, 60) })
  }
  const periods = tableOf(rows, PERIOD_HEADS)
  if (periods !== null) {
    const read = periods.map(({ cells, row }) => readPeriod(cells, row, add)).filter((one) => one !== null)
    return { kind: 'periods', periods: read, problems, effects: await previewPeriods(ctx, { periods: read }) }
  }
  const holidays = tableOf(rows, HOLIDAY_HEADS)
  if (holidays === null) throw new ServiceError('invalid', 'calendar_pack_heads')
  const blocks = holidays.map(({ cells, row }) => readBlock(cells, row, add)).filter((one) => one !== null)
  const year = Number(holidays[0]?.cells.get('年份') ?? '')
  if (!Number.isInteger(year) || year < 1970 || year > 2199) throw new ServiceError('invalid', 'calendar_pack_year')
  const source = holidays[0]?.cells.get('依据文件') ?? ''
  return await toHolidays(ctx, { year, source, blocks }, problems)
}
