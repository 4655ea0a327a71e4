import type { InspectionState } from '@zhidu/contract'
import type { InspectionProgress, InspectionRow, InspectionStanding } from '@zhidu/db'

type Standing = Pick<InspectionRow, 'result'> & InspectionProgress

const FINAL = { findings: 'decided', passed: 'passed', inconclusive: 'inconclusive', compared: 'compared' } as const

/** A decision that is wanted comes before files that are missing. */
export function stateOf({ filesMissing, result, undecided }: Standing): InspectionState {
  if (undecided > 0) return 'awaiting_decision'
  return filesMissing > 0 ? 'awaiting_files' : FINAL[result]
}

/** The same the other way round: which checks stand so. */
export function toStanding(state: InspectionState): InspectionStanding {
  const results = Object.keys(FINAL) as (keyof typeof FINAL)[]
  if (state === 'awaiting_decision') return { results, hasUndecided: true, hasFilesMissing: null }
  if (state === 'awaiting_files') return { results, hasUndecided: false, hasFilesMissing: true }
  return { results: results.filter((one) => FINAL[one] === state), hasUndecided: false, hasFilesMissing: false }
}
