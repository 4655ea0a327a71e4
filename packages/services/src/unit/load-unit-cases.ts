import { type CaseKey, listCaseReports, type ReadonlyDb } from '@zhidu/db'
import { type Quarter, quarterRange } from '@zhidu/domain'
import { type JudgedCase, loadJudgedCases } from '../event/load-judgements.ts'
import type { Roster } from '../league/load-roster.ts'
import type { Rules } from '../rules/load-rules.ts'

/** The events of a unit's quarter, judged as of an instant (epoch ms), newest learned first. */
export async function loadUnitCases(
  db: ReadonlyDb,
  args: {
    readonly unitCode: string
    readonly quarter: Quarter
    readonly roster: Roster
    readonly rules: Rules
    readonly asOf: number
  },
): Promise<JudgedCase[]> {
  const { from, to } = quarterRange(args.quarter)
  const cases: JudgedCase[] = []
  for await (const page of listCaseReports(db, { unitCodes: [args.unitCode], range: { from, to } })) {
    const keys = new Map<string, CaseKey>(page.map(({ eventCode, unitCode }) => [eventCode, { eventCode, unitCode }]))
    cases.push(...(await loadJudgedCases(db, { ...args, keys: [...keys.values()] })))
  }
  return cases
    .filter(({ judgement }) => judgement.quarter === args.quarter && judgement.standing !== 'not_yet_known')
    .sort((a, b) => b.judgement.judged.learnedAt - a.judgement.judged.learnedAt)
}
