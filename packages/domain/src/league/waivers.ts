import type { WaiverFact } from '../facts/facts.ts'
import type { Deduction } from './assessment.ts'
import { ALWAYS_STEADY, changesAt, type Steady } from './steady.ts'

/** What appeals come to at one moment. */
export interface WaiverEffect {
  /** Keys of the deductions that count no longer. */
  readonly waived: ReadonlySet<string>
  /** An appeal was handed in and is not decided. */
  readonly isUnderAppeal: boolean
  readonly steady: Steady
}

type DeductionName = Pick<Deduction, 'at' | 'code' | 'ref'>

function keyOf({ at, code, ref }: DeductionName): string {
  return `${code}/${at}/${ref}`
}

/** True when that deduction counts no longer. */
export function isWaived(waived: ReadonlySet<string>, deduction: DeductionName): boolean {
  return waived.has(keyOf(deduction))
}

/** `asOf`: whole seconds, epoch ms. */
export function computeWaiverEffect(waivers: readonly WaiverFact[], asOf: number): WaiverEffect {
  const waived = new Set<string>()
  let isUnderAppeal = false
  let steady = ALWAYS_STEADY
  for (const waiver of waivers) {
    const { claimedAt, waivedAt } = waiver
    steady = changesAt(changesAt(steady, asOf, claimedAt), asOf, waivedAt)
    if (waivedAt !== null && waivedAt <= asOf) waived.add(keyOf(waiver))
    else isUnderAppeal ||= claimedAt <= asOf
  }
  return { waived, isUnderAppeal, steady }
}

/** Those that still count. A waiver takes nothing else: what was owed, and what came of it, stays as the facts tell. */
export function withoutWaived(deductions: readonly Deduction[], waived: ReadonlySet<string>): readonly Deduction[] {
  return waived.size === 0 ? deductions : deductions.filter((one) => !waived.has(keyOf(one)))
}
