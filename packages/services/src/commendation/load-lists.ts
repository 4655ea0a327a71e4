import {
  type CommendationKey,
  type CommendationNameRow,
  type CommendationStepRow,
  listCommendationNames,
  listCommendationSteps,
  type ReadonlyDb,
} from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'

/** A decision with its names. */
export interface LoadedDecision {
  readonly step: CommendationStepRow
  readonly names: readonly CommendationNameRow[]
}

export interface LoadedLists {
  readonly steps: readonly CommendationStepRow[]
  /** The last that was decided. */
  readonly decision: LoadedDecision | null
  /** The last that was confirmed. */
  readonly confirmed: LoadedDecision | null
}

function toLists(steps: readonly CommendationStepRow[], names: readonly CommendationNameRow[]): LoadedLists {
  const decisionAt = (index: number): LoadedDecision | null => {
    const step = steps[index]
    return step === undefined ? null : { step, names: names.filter(({ position }) => position === step.position) }
  }
  return {
    steps,
    decision: decisionAt(steps.findLastIndex(({ kind }) => kind === 'decided')),
    // What is confirmed is the decision before.
    confirmed: decisionAt(steps.findLastIndex(({ kind }) => kind === 'confirmed') - 1),
  }
}

/** What an office did about the lists of a quarter and group. */
export async function loadLists(db: ReadonlyDb, { group, quarter, unitCode }: CommendationKey): Promise<LoadedLists> {
  const asked = { unitCode, quarter, group }
  return toLists(await listCommendationSteps(db, asked), await listCommendationNames(db, asked))
}

/** Whom an office's confirmed lists name, by the version of a frozen quarter alone; groups without any are left out. */
export async function loadConfirmedNames(
  db: ReadonlyDb,
  { quarter, unitCode, version }: { readonly unitCode: string; readonly quarter: Quarter; readonly version: number },
): Promise<ReadonlyMap<string, readonly CommendationNameRow[]>> {
  const asked = { unitCode, quarter, group: null }
  const names = Map.groupBy(await listCommendationNames(db, asked), ({ group }) => group)
  const steps = Map.groupBy(await listCommendationSteps(db, asked), ({ group }) => group)
  return new Map(
    [...steps].flatMap(([group, some]) => {
      const { confirmed } = toLists(some, names.get(group) ?? [])
      if (confirmed === null || confirmed.step.frozenVersion !== version) return []
      return [[group, confirmed.names.filter(({ isNamed }) => isNamed)] as const]
    }),
  )
}
