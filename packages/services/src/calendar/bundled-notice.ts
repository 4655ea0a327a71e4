import {
  addDays,
  DAY_MS,
  type HolidayBlock,
  type HolidayName,
  type PlainDate,
  startOfLocalDay,
  toPlainDate,
} from '@zhidu/domain'
import chineseDays from 'chinese-days'

const NAMES: Readonly<Record<string, HolidayName>> = {
  元旦: '元旦',
  春节: '春节',
  清明: '清明节',
  劳动节: '劳动节',
  端午: '端午节',
  中秋: '中秋节',
  国庆节: '国庆节',
}

/** A makeup workday further away is of another year’s holiday of the name. */
const MOST_DAYS_AWAY = 31

interface NamedDay {
  readonly date: PlainDate
  readonly name: HolidayName | null
  readonly isWork: boolean
}

/** The days that a notice speaks of, from December before a year to January after it. */
function listNamedDays(year: number): NamedDay[] {
  const days: NamedDay[] = []
  const last = toPlainDate(`${year + 1}-01-31`)
  for (let date = toPlainDate(`${year - 1}-12-01`); date <= last; date = addDays(date, 1)) {
    const { name, work } = chineseDays.getDayDetail(date)
    // `English,中文,number`; any other day bears the name of its day of the week alone.
    const [, said] = name.split(',')
    if (said !== undefined) days.push({ date, name: NAMES[said] ?? null, isWork: work })
  }
  return days
}

function distance(day: PlainDate, { firstDayOff, lastDayOff }: HolidayBlock): number {
  const [at, from, to] = [day, firstDayOff, lastDayOff].map(startOfLocalDay) as [number, number, number]
  return Math.max(from - at, at - to, 0) / DAY_MS
}

/**
 * A year's holidays out of the data that come with the program (chinese-days): days off that follow each other are one block under the name of
 * its first day, so that 国庆 and 中秋 of 2025 are one; 元旦 may begin in the December before. Empty for a year that is not in the data.
 */
export function bundledNotice(year: number): HolidayBlock[] {
  const days = listNamedDays(year)
  const runs: NamedDay[][] = []
  for (const day of days.filter(({ isWork, name }) => !isWork && name !== null)) {
    const before = runs.at(-1)?.at(-1)
    // In some old years a day of the weekend within a block bears no name.
    const isNext = before !== undefined && addDays(before.date, before.name === day.name ? 3 : 1) >= day.date
    if (isNext) runs.at(-1)?.push(day)
    else runs.push([day])
  }
  const blocks = runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (first?.name == null || last === undefined || !last.date.startsWith(String(year))) return []
    const block = { year, name: first.name, firstDayOff: first.date, lastDayOff: last.date, makeupWorkdays: [] }
    return [{ block, names: new Set(run.map(({ name }) => name)), makeup: new Array<PlainDate>() }]
  })
  for (const { date, name } of days.filter(({ isWork }) => isWork)) {
    const [nearest] = blocks
      .filter(({ names }) => names.has(name))
      .toSorted((a, b) => distance(date, a.block) - distance(date, b.block))
    if (nearest !== undefined && distance(date, nearest.block) <= MOST_DAYS_AWAY) nearest.makeup.push(date)
  }
  return blocks.map(({ block, makeup }) => ({ ...block, makeupWorkdays: makeup }))
}
