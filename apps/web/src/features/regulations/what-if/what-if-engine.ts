import { unpackUnitFacts, type WhatIfFacts, type WhatIfUnit } from '@zhidu/contract/regulation'
import {
  type AssessmentContext,
  compareWhatIf,
  computeRankRanges,
  computeWhatIfTable,
  type PreparedUnit,
  prepareWhatIf,
  type Quarter,
  type RankedUnit,
  type RankRange,
  type Regulation,
  type WhatIfRow,
  type WhatIfSummary,
} from '@zhidu/domain'

export interface WhatIfSubject {
  readonly quarter: Quarter
  /** Epoch ms. */
  readonly asOf: number
  readonly holidays: WhatIfFacts['holidays']
  /** The rules the quarter follows. */
  readonly inForce: Regulation
}

export interface WhatIfResult {
  readonly rows: readonly WhatIfRow[]
  /** null = the draft has no weights to vary. */
  readonly ranges: readonly RankRange[] | null
  /** What computing took. */
  readonly milliseconds: number
}

/** Judges one group's quarter by the rules in force once, and by a draft as often as it changes. */
export interface WhatIfEngine {
  readonly begin: (subject: WhatIfSubject) => void
  readonly add: (units: readonly WhatIfUnit[]) => void
  readonly compare: (draft: Regulation) => WhatIfResult
}

export function createWhatIfEngine(now: () => number): WhatIfEngine {
  let subject: WhatIfSubject | null = null
  let units: PreparedUnit[] = []
  let before: RankedUnit<WhatIfSummary>[] | null = null

  function tableBy(regulation: Regulation): RankedUnit<WhatIfSummary>[] {
    if (subject === null) throw new RangeError('nothing to judge')
    const { asOf, holidays, quarter } = subject
    const context: AssessmentContext = { quarter, asOf, holidays, regulation }
    const position = new Map(units.map(({ standing }, index) => [standing.unitCode, index]))
    return computeWhatIfTable(units, context, position)
  }

  return {
    begin: (next) => {
      subject = next
      units = []
      before = null
    },
    add: (more) => {
      units = [...units, ...prepareWhatIf(more.map(unpackUnitFacts))]
      before = null
    },
    compare: (draft) => {
      const start = now()
      before ??= subject === null ? [] : tableBy(subject.inForce)
      const after = tableBy(draft)
      const rows = compareWhatIf(before, after)
      return { rows, ranges: computeRankRanges(after, draft), milliseconds: now() - start }
    },
  }
}
