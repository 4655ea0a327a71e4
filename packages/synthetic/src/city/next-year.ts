import { type HolidayBlock, type HolidayName, toPlainDate } from '@zhidu/domain'

const YEAR = 2027

function block(name: HolidayName, firstDayOff: string, lastDayOff: string, ...makeup: string[]): HolidayBlock {
  return {
    year: YEAR,
    name,
    firstDayOff: toPlainDate(firstDayOff),
    lastDayOff: toPlainDate(lastDayOff),
    makeupWorkdays: makeup.map(toPlainDate),
  }
}

/** What the invented city takes the notice of a year to say that is not out: so that it has a holiday to come. */
export const INVENTED_NOTICE: {
  readonly year: number
  readonly source: string
  readonly blocks: readonly HolidayBlock[]
} = {
  year: YEAR,
  source: '演示用的假定安排，非正式放假通知',
  blocks: [
    block('元旦', '2027-01-01', '2027-01-03'),
    block('春节', '2027-02-05', '2027-02-12', '2027-01-31', '2027-02-14'),
    block('清明节', '2027-04-03', '2027-04-05'),
    block('劳动节', '2027-05-01', '2027-05-05', '2027-05-08'),
    block('端午节', '2027-06-09', '2027-06-09'),
    block('中秋节', '2027-09-15', '2027-09-15'),
    block('国庆节', '2027-10-01', '2027-10-07', '2027-09-26', '2027-10-09'),
  ],
}
