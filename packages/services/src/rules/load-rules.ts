import { getRegulationInForce, listHolidays, type ReadonlyDb, remember } from '@zhidu/db'
import { type HolidayBlock, type Quarter, quarterRange, type Regulation } from '@zhidu/domain'

/** What a quarter is judged by: the regulation in force on its last day, and the holidays announced. */
export interface Rules {
  readonly regulation: Regulation
  readonly holidays: readonly HolidayBlock[]
}

export function loadRules(db: ReadonlyDb, quarter: Quarter): Promise<Rules> {
  return remember(db, 'rules', quarter, async () => {
    const { lastOn } = quarterRange(quarter)
    const [regulation, holidays] = await Promise.all([getRegulationInForce(db, lastOn), listHolidays(db)])
    return { regulation, holidays }
  })
}
