import type { EventJudgement as EventJudgementView } from '@zhidu/contract'
import { type CaseKey, type CaseNotices, loadCaseFacts, type ReadonlyDb } from '@zhidu/db'
import {
  type EventJudgement,
  isAbsorbing,
  judgeEvent,
  localDateOf,
  type MisreportFact,
  misreportCountsAt,
  type NoticeBook,
  type Quarter,
  quarterOfDate,
  type ReportFact,
  toNoticeBook,
  unitPeriodOn,
} from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { toEventJudgement } from './to-event-judgement.ts'

/** An event of one unit, judged, with the facts behind it. */
export interface JudgedCase {
  readonly judgement: EventJudgement
  readonly unitName: string
  readonly reports: readonly ReportFact[]
  /** Codes of the misreports that replace its deductions. */
  readonly absorbedBy: readonly string[]
  /** By which it was judged: those of its own quarter. */
  readonly rules: Rules
  /** Of its unit's events. */
  readonly notices: NoticeBook
}

/** What the event costs, in hundredths; nothing when a misreport stands for it. */
export function lostBy(one: JudgedCase): number {
  return one.absorbedBy.length > 0 ? 0 : one.judgement.deductions.reduce((sum, { points }) => sum + points, 0)
}

export function toView(one: JudgedCase): EventJudgementView {
  return toEventJudgement(one.judgement, one)
}

/** The name a unit bore on the day an event was learned; its last one when it was closed then. */
export function unitNameAt(roster: Roster, unitCode: string, at: number): string {
  const periods = roster.periodsOf.get(unitCode) ?? []
  return (unitPeriodOn(periods, localDateOf(at)) ?? periods.at(-1))?.name ?? unitCode
}

/** Codes of the misreports known at `asOf` that replace what an event would cost. */
export function absorbingOf(
  misreports: readonly MisreportFact[],
  judgement: EventJudgement,
  rules: Rules,
  asOf: number,
): string[] {
  return misreports
    .filter(
      (misreport) =>
        misreport.unitCode === judgement.unitCode &&
        misreport.eventCode === judgement.eventCode &&
        isAbsorbing(misreport, rules.regulation) &&
        quarterOfDate(misreport.confirmedOn) === judgement.quarter &&
        misreportCountsAt(misreport) <= asOf,
    )
    .map((misreport) => misreport.misreportCode)
}

/** The notices of each unit's events, by unit. */
function groupNotices(all: CaseNotices): (unitCode: string) => NoticeBook {
  const units = new Map<string, NoticeBook>()
  return (unitCode) => {
    const isOwn = (row: { readonly unitCode: string }): boolean => row.unitCode === unitCode
    const book =
      units.get(unitCode) ??
      toNoticeBook({
        preReports: all.preReports.filter(isOwn),
        adoptions: all.adoptions.filter(isOwn),
        reopenings: all.reopenings.filter(isOwn),
      })
    units.set(unitCode, book)
    return book
  }
}

/** Judges events as of an instant (epoch ms), each by the rules of its own quarter, in the order of `keys`. */
export async function loadJudgedCases(
  db: ReadonlyDb,
  args: { readonly keys: readonly CaseKey[]; readonly roster: Roster; readonly rules: Rules; readonly asOf: number },
): Promise<JudgedCase[]> {
  const { asOf, keys, roster } = args
  const keyOf = (key: CaseKey): string => `${key.unitCode}\u0000${key.eventCode}`
  const { misreports, notices: all, reports: rows } = await loadCaseFacts(db, keys)
  const reportsOf = Map.groupBy(rows.map(toReportFact), keyOf)
  const noticesOf = groupNotices(all)
  const rulesOf = new Map<Quarter, Rules>()
  const judged: Pick<JudgedCase, 'judgement' | 'reports' | 'rules' | 'notices'>[] = []
  for (const key of keys) {
    const reports = reportsOf.get(keyOf(key))
    if (reports === undefined) continue
    const periods = roster.periodsOf.get(key.unitCode) ?? []
    const notices = noticesOf(key.unitCode)
    const first = judgeEvent(reports, { periods, regulation: args.rules.regulation, asOf, notices })
    const rules = rulesOf.get(first.quarter) ?? (await loadRules(db, first.quarter))
    rulesOf.set(first.quarter, rules)
    const judgement =
      rules.regulation.version === args.rules.regulation.version && rules.regulation.id === args.rules.regulation.id
        ? first
        : judgeEvent(reports, { periods, regulation: rules.regulation, asOf, notices })
    judged.push({ judgement, reports, rules, notices })
  }
  return judged.map((one) => ({
    ...one,
    unitName: unitNameAt(roster, one.judgement.unitCode, one.judgement.judged.learnedAt),
    absorbedBy: absorbingOf(misreports, one.judgement, one.rules, asOf),
  }))
}
