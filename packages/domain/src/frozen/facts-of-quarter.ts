import { cutToSecond, SECOND_MS } from '../calendar/local-time.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import { toLogItems, writtenAtOf } from '../duty-log/judge-log.ts'
import type { HolidayName, LogItemFact, ReopeningFact } from '../facts/facts.ts'
import { filingDueOn, toHolidayKey } from '../filing/judge-filings.ts'
import type { StandingFacts } from '../league/standing-facts.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'

export interface QuarterRules {
  readonly quarter: Quarter
  readonly regulation: Regulation
  readonly holidays: readonly HolidayBlock[]
}

/** Holidays whose forms are due in the quarter. */
export function holidaysDueIn({ holidays, quarter, regulation }: QuarterRules): HolidayBlock[] {
  const { firstOn, lastOn } = quarterRange(quarter)
  return holidays.filter((block) => {
    const dueOn = filingDueOn(block, regulation, holidays)
    return firstOn <= dueOn && dueOn <= lastOn
  })
}

/**
 * In whole seconds, so that every instant that is asked about, which is a whole second too, finds it as it was: it counts from
 * the second after it was made, and its last second is the last whole one.
 */
function toWholeSeconds(row: ReopeningFact): ReopeningFact {
  return { ...row, until: cutToSecond(row.until), reopenedAt: Math.ceil(row.reopenedAt / SECOND_MS) * SECOND_MS }
}

/** None under rules that ask for no log; all openings of an item stay together. */
function logItemsOf(facts: readonly LogItemFact[], { quarter, regulation }: QuarterRules): LogItemFact[] {
  if (regulation.dutyLog === undefined) return []
  const { from, to } = quarterRange(quarter)
  const items = toLogItems(facts).filter((item) => from <= writtenAtOf(item) && writtenAtOf(item) < to)
  const own = new Set(items.map(({ entryCode }) => entryCode))
  return facts.filter(({ entryCode }) => own.has(entryCode))
}

/**
 * Of a unit's facts other than its events those that its quarter is judged from; the result is the same without the others.
 * `eventCodes`: its events of the quarter. Order as given.
 */
export function factsOfQuarter(
  facts: StandingFacts,
  eventCodes: ReadonlySet<string>,
  rules: QuarterRules,
): StandingFacts {
  const { firstOn, from, lastOn, to } = quarterRange(rules.quarter)
  const due = holidaysDueIn(rules)
  const isDue = (year: number, name: HolidayName): boolean =>
    due.some((block) => block.year === year && block.name === name)
  const forms = new Set(
    due.flatMap((block) => rules.regulation.filing.forms.map((form) => `${toHolidayKey(block)}/${form}`)),
  )
  const misreports = facts.misreports.filter((row) => firstOn <= row.confirmedOn && row.confirmedOn <= lastOn)
  const misreported = new Set(misreports.map((row) => row.eventCode))
  const isJudged = (eventCode: string): boolean => eventCodes.has(eventCode) || misreported.has(eventCode)
  return {
    ...facts,
    misreports,
    checks: facts.checks.filter((row) => from <= row.checkedAt && row.checkedAt < to),
    bonuses: facts.bonuses.filter((row) => firstOn <= row.awardedOn && row.awardedOn <= lastOn),
    filings: facts.filings.filter((row) => isDue(row.holidayYear, row.holidayName)),
    preReports: facts.preReports.filter((row) => isJudged(row.eventCode)),
    adoptions: facts.adoptions.filter((row) => isJudged(row.eventCode)),
    ...(facts.logItems !== undefined && { logItems: logItemsOf(facts.logItems, rules) }),
    reopenings: facts.reopenings
      .filter((row) => (row.obligation === 'filing' ? forms.has(row.ref) : isJudged(row.ref)))
      .map(toWholeSeconds),
  }
}
