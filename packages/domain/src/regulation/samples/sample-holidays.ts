import { toPlainDate } from '../../calendar/plain-date.ts'
import type { HolidayName } from '../../facts/facts.ts'
import type { HolidayBlock } from '../regulation.ts'

function block2026(name: HolidayName, firstDayOff: string, lastDayOff: string, ...makeup: string[]): HolidayBlock {
  return {
    year: 2026,
    name,
    firstDayOff: toPlainDate(firstDayOff),
    lastDayOff: toPlainDate(lastDayOff),
    makeupWorkdays: makeup.map(toPlainDate),
  }
}

/** The holiday blocks of 2026 in the order of the year. First days off: contract §5; last days and makeup workdays: the year's notice. */
export const SAMPLE_HOLIDAYS: readonly HolidayBlock[] = [
  block2026('元旦', '2026-01-01', '2026-01-03', '2026-01-04'),
  block2026('春节', '2026-02-15', '2026-02-23', '2026-02-14', '2026-02-28'),
  block2026('清明节', '2026-04-04', '2026-04-06'),
  block2026('劳动节', '2026-05-01', '2026-05-05', '2026-05-09'),
  block2026('端午节', '2026-06-19', '2026-06-21'),
  block2026('中秋节', '2026-09-25', '2026-09-27'),
  block2026('国庆节', '2026-10-01', '2026-10-07', '2026-09-20', '2026-10-10'),
]
