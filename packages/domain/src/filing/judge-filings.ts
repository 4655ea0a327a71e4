import { cutToSecond, DAY_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import { previousWorkday } from '../calendar/workdays.ts'
import type { FilingFact, FilingForm, HolidayName, ReopeningFact, Tier, UnitPeriod } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { faultPoints, findDeductionRule } from '../regulation/deduction-rule.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'
import { knownAt, type Outcome, outcomeOf } from '../timeliness/outcome.ts'
import { reopenedUntil, reopeningsOf } from '../timeliness/reopening.ts'
import { unitPeriodOn } from '../unit/membership.ts'

/** One form a unit owes for one holiday block. Instants in epoch ms. */
export interface FilingJudgement {
  /** `2026-中秋节` */
  readonly holiday: string
  readonly holidayYear: number
  readonly holidayName: HolidayName
  readonly form: FilingForm
  readonly dueOn: PlainDate
  /** The last second of the due day; a form received then is on time. */
  readonly dueAt: number
  /** 00:00 of the day after, from which it is late or missing. */
  readonly overdueAt: number
  /** As known; null = not yet or never. */
  readonly receivedAt: number | null
  readonly outcome: Outcome
  readonly deduction: Deduction | null
}

/** `2026-春节`: the holiday as files and references write it. */
export function toHolidayKey(holiday: { readonly year: number; readonly name: HolidayName }): string {
  return `${holiday.year}-${holiday.name}`
}

/**
 * The calendar day by whose end the forms of a holiday block are due. `holidays`: every block announced, for methods that
 * move a due day to the workday before it. Source: contract §5, holiday filing.
 */
export function filingDueOn(block: HolidayBlock, regulation: Regulation, holidays: readonly HolidayBlock[]): PlainDate {
  const { leadDays, moveTo } = regulation.filing
  const due = addDays(block.firstDayOff, -leadDays)
  return moveTo === 'none' ? due : previousWorkday(due, holidays)
}

/** A form owed and when it came, whatever the moment asked about. */
export interface OwedFiling {
  readonly block: HolidayBlock
  readonly form: FilingForm
  readonly dueOn: PlainDate
  /** 00:00 of the day after the due day; epoch ms. */
  readonly overdueAt: number
  /** null = never received. */
  readonly receivedAt: number | null
  readonly tier: Tier
  readonly reopenings: readonly ReopeningFact[]
}

/**
 * Every form the unit owes in the quarter, whether or not a row was ever filed, by due date and then in the order of
 * the forms of the rules. Rows of holidays without a block are ignored: a year whose notice is not out owes nothing.
 */
export function listOwedFilings(context: {
  readonly periods: readonly UnitPeriod[]
  readonly filings: readonly FilingFact[]
  readonly reopenings: readonly ReopeningFact[]
  readonly holidays: readonly HolidayBlock[]
  readonly regulation: Regulation
  readonly quarter: Quarter
}): OwedFiling[] {
  const { filings, holidays, periods, quarter, regulation, reopenings } = context
  const { firstOn, lastOn } = quarterRange(quarter)
  return holidays
    .map((block) => ({ block, dueOn: filingDueOn(block, regulation, holidays) }))
    .filter(({ dueOn }) => firstOn <= dueOn && dueOn <= lastOn)
    .sort((a, b) => startOfLocalDay(a.dueOn) - startOfLocalDay(b.dueOn))
    .flatMap(({ block, dueOn }) => {
      const period = unitPeriodOn(periods, dueOn)
      if (period === null) return []
      return regulation.filing.forms.map((form) => {
        const filing = filings.find(
          (row) => row.holidayYear === block.year && row.holidayName === block.name && row.form === form,
        )
        const overdueAt = startOfLocalDay(dueOn) + DAY_MS
        const ref = `${toHolidayKey(block)}/${form}`
        return {
          block,
          form,
          dueOn,
          overdueAt,
          receivedAt: filing?.receivedAt ?? null,
          tier: period.tier,
          reopenings: reopeningsOf(reopenings, 'filing', ref),
        }
      })
    })
}

/** `asOf` in whole seconds. Source: contract §5, holiday filing; card: docs/indicators/holiday-filing.md */
export function judgeFiling(owed: OwedFiling, regulation: Regulation, asOf: number): FilingJudgement {
  const { block, dueOn, form } = owed
  const dueAt = reopenedUntil(owed.overdueAt - SECOND_MS, owed.reopenings, asOf)
  const overdueAt = dueAt + SECOND_MS
  const outcome = outcomeOf(dueAt, owed.receivedAt, asOf)
  const holiday = toHolidayKey(block)
  return {
    holiday,
    holidayYear: block.year,
    holidayName: block.name,
    form,
    dueOn,
    dueAt,
    overdueAt,
    receivedAt: knownAt(owed.receivedAt, asOf),
    outcome,
    deduction: filingDeduction(outcome, { ref: `${holiday}/${form}`, at: overdueAt }, regulation, owed.tier),
  }
}

function filingDeduction(
  outcome: Outcome,
  what: Pick<Deduction, 'ref' | 'at'>,
  regulation: Regulation,
  tier: Tier,
): Deduction | null {
  if (outcome !== 'late' && outcome !== 'missing') return null
  const code = outcome === 'late' ? 'filing_late' : 'filing_missing'
  const rule = findDeductionRule(regulation, code, { tier, dutyMode: null })
  const points = faultPoints(rule)
  const zeroesMonth = rule?.shape.kind === 'zero_month'
  if (rule === undefined || (points === 0 && !zeroesMonth)) return null
  return { ...what, dimension: rule.dimension, code, points, clause: rule.clause, zeroesMonth }
}

/** Every form the unit owes in the quarter, judged as of an instant (fractions of a second are cut). */
export function judgeFilings(
  context: Parameters<typeof listOwedFilings>[0] & { readonly asOf: number },
): FilingJudgement[] {
  return listOwedFilings(context).map((owed) => judgeFiling(owed, context.regulation, cutToSecond(context.asOf)))
}
