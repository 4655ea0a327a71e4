import { judgeEvent, localDateOf, type Quarter, toNoticeBook, unitPeriodOn } from '@zhidu/domain'
import { absorbingOf, type JudgedCase } from '../event/load-judgements.ts'
import type { FrozenUnit } from '../quarter/frozen-view.ts'
import { splitEvents } from '../quarter/judge-quarter.ts'
import type { Rules } from '../rules/load-rules.ts'

/** The events of a unit's frozen quarter, as they were judged, newest learned first. */
export function judgeFrozenCases(
  { facts, reports }: FrozenUnit,
  args: { readonly quarter: Quarter; readonly rules: Rules; readonly asOf: number },
): JudgedCase[] {
  const { asOf, quarter, rules } = args
  const { misreports, periods, unitCode } = facts
  const notices = toNoticeBook(facts)
  const context = { periods, regulation: rules.regulation, asOf, notices }
  return [...splitEvents(reports)]
    .map((event) => {
      const judgement = judgeEvent(event, context)
      const period = unitPeriodOn(periods, localDateOf(judgement.judged.learnedAt)) ?? periods.at(-1)
      const absorbedBy = absorbingOf(misreports, judgement, rules, asOf)
      return { judgement, reports: event, unitName: period?.name ?? unitCode, absorbedBy, rules, notices }
    })
    .filter(({ judgement }) => judgement.quarter === quarter && judgement.standing !== 'not_yet_known')
    .sort((a, b) => b.judgement.judged.learnedAt - a.judgement.judged.learnedAt)
}
