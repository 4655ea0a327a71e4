import { type CaseKey, listFilingsOfUnits, listReopeningsOfUnits, type ReadonlyDb } from '@zhidu/db'
import {
  type Category,
  judgeFilings,
  listEventObligations,
  listFilingObligations,
  localDateOf,
  type Obligation,
  type Outcome,
  type PreReportFact,
  type Quarter,
  quarterRange,
  type Regulation,
  type ReopeningFact,
  SECOND_MS,
  toOpenSpans,
  type UnitPeriod,
  unitPeriodOn,
} from '@zhidu/domain'
import type { PreReportState } from '@zhidu/contract'
import { type JudgedCase, loadJudgedCases } from '../event/load-judgements.ts'
import type { Roster } from '../league/load-roster.ts'
import { holidayYearsOf } from '../league/load-standing-facts.ts'
import type { Rules } from '../rules/load-rules.ts'
import { preReportStateOf } from './pre-report-state.ts'

/** Something owed and how it stands at an instant, by the facts. Instants in epoch ms. */
export interface Standing {
  readonly obligation: Obligation
  readonly unitName: string
  /** On the last day of the quarter. */
  readonly isUnitClosed: boolean
  readonly category: Category | null
  readonly regulation: Regulation
  /** The limit that counts. */
  readonly dueAt: number
  readonly metAt: number | null
  readonly outcome: Outcome
  readonly lateSeconds: number | null
  readonly preReport: PreReportFact | null
  readonly preReportState: PreReportState | null
  /** Where the pre-report moved the limit; null = nowhere. */
  readonly movedTo: number | null
  readonly supplementUntil: number | null
  /** Made by then, oldest first. */
  readonly reopenings: readonly ReopeningFact[]
}

export function standingKey(one: { readonly unitCode: string; readonly kind: string; readonly ref: string }): string {
  return `${one.unitCode}\u0000${one.kind}\u0000${one.ref}`
}

function isClosedAtEnd(periods: readonly UnitPeriod[], quarter: Quarter): boolean {
  return unitPeriodOn(periods, quarterRange(quarter).lastOn) === null
}

/** What one event obliges its unit to; empty while nothing is owed for it. */
export function standingsOfCase(one: JudgedCase, roster: Roster): Standing[] {
  const { judgement, notices, reports, rules, unitName } = one
  if (judgement.standing !== 'counts') return []
  const { regulation } = rules
  const periods = roster.periodsOf.get(judgement.unitCode) ?? []
  const spans = toOpenSpans(periods)
  const { completeness, quarter, written } = judgement
  const isUnitClosed = isClosedAtEnd(periods, quarter)
  return listEventObligations(reports, { quarter, spans, regulation, notices }).flatMap((obligation) => {
    const { kind } = obligation
    if (kind === 'filing') return []
    const judged = judgement[kind]
    if (judged === null) return []
    const isWritten = kind === 'written'
    const state = isWritten ? preReportStateOf(judgement, regulation) : null
    const extends_ = regulation.preReport?.extendsSeconds ?? 0
    const { judgedAt } = completeness
    return {
      obligation,
      unitName,
      isUnitClosed,
      category: judgement.judged.category,
      regulation,
      dueAt: judged.dueAt,
      metAt: 'metByWritten' in judged && judged.metByWritten ? written.at : judged.at,
      outcome: judged.outcome,
      lateSeconds: judged.lateSeconds,
      preReport: isWritten ? judgement.preReport : null,
      preReportState: state,
      movedTo: state === 'granted' ? obligation.dueAt + extends_ * SECOND_MS : null,
      supplementUntil: isWritten && written.at !== null && judgedAt !== null && judgedAt > written.at ? judgedAt : null,
      reopenings: judgement.reopenings.filter((each) => each.obligation === kind),
    }
  })
}

/** The forms some units owe in a quarter. */
async function loadFilingStandings(
  db: ReadonlyDb,
  args: {
    readonly unitCodes: readonly string[]
    readonly quarter: Quarter
    readonly roster: Roster
    readonly rules: Rules
    readonly asOf: number
  },
): Promise<Standing[]> {
  const { asOf, quarter, roster, rules, unitCodes } = args
  if (unitCodes.length === 0) return []
  const filings = await listFilingsOfUnits(db, { unitCodes, years: holidayYearsOf(quarter) })
  const reopenings = await listReopeningsOfUnits(db, unitCodes)
  return unitCodes.flatMap((unitCode) => {
    const periods = roster.periodsOf.get(unitCode) ?? []
    const own = {
      unitCode,
      quarter,
      ...rules,
      periods,
      filings: filings.filter((row) => row.unitCode === unitCode),
      reopenings: reopenings.filter((row) => row.unitCode === unitCode),
    }
    const judged = new Map(judgeFilings({ ...own, asOf }).map((one) => [`${one.holiday}/${one.form}`, one]))
    return listFilingObligations(own).flatMap((obligation) => {
      const one = judged.get(obligation.ref)
      if (one === undefined) return []
      const { dueAt, outcome, receivedAt } = one
      return {
        obligation,
        unitName: (unitPeriodOn(periods, localDateOf(obligation.dueAt)) ?? periods.at(-1))?.name ?? unitCode,
        isUnitClosed: isClosedAtEnd(periods, quarter),
        category: null,
        regulation: rules.regulation,
        dueAt,
        metAt: receivedAt,
        outcome,
        lateSeconds: outcome === 'late' && receivedAt !== null ? (receivedAt - dueAt) / SECOND_MS : null,
        preReport: null,
        preReportState: null,
        movedTo: null,
        supplementUntil: null,
        reopenings: own.reopenings.filter(
          (each) => each.obligation === 'filing' && each.ref === obligation.ref && each.reopenedAt <= asOf,
        ),
      }
    })
  })
}

/** How the obligations named stand at an instant, by `standingKey`; those that the facts no longer owe are left out. */
export async function loadStandings(
  db: ReadonlyDb,
  args: {
    readonly named: readonly { readonly unitCode: string; readonly kind: string; readonly ref: string }[]
    readonly quarter: Quarter
    readonly roster: Roster
    readonly rules: Rules
    readonly asOf: number
  },
): Promise<Map<string, Standing>> {
  const { named, roster } = args
  const cases = new Map<string, CaseKey>()
  const filers = new Set<string>()
  for (const { kind, ref, unitCode } of named) {
    if (kind === 'filing') filers.add(unitCode)
    else cases.set(`${unitCode}\u0000${ref}`, { unitCode, eventCode: ref })
  }
  const judged = await loadJudgedCases(db, { ...args, keys: [...cases.values()] })
  const standings = [
    ...judged.flatMap((one) => standingsOfCase(one, roster)),
    ...(await loadFilingStandings(db, { ...args, unitCodes: [...filers] })),
  ].filter(({ obligation }) => obligation.quarter === args.quarter)
  return new Map(standings.map((one) => [standingKey(one.obligation), one]))
}
