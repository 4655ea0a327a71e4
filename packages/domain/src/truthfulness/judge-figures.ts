import type { MisreportKind } from '../facts/facts.ts'
import type { HonestCorrectionRule, Regulation, UnderstatementRule } from '../regulation/regulation.ts'

export const CASUALTY_FIGURES = ['deaths', 'missing', 'injuries'] as const
export type CasualtyFigure = (typeof CASUALTY_FIGURES)[number]

/** Persons; null = not said. */
export type Casualties = Readonly<Record<CasualtyFigure, number | null>>

/** What the unit reported at a time; epoch ms. */
export interface Statement extends Casualties {
  readonly at: number
}

export interface FiguresOfCase {
  readonly kind: MisreportKind
  /** In any order. */
  readonly statements: readonly Statement[]
  /** What is known to be true; null = nothing is. */
  readonly found: Casualties | null
  /** When the superior learned of it, not from the unit's own report; epoch ms. */
  readonly superiorAt: number
  /** When the unit learned of the event; null = no report names it. */
  readonly unitAt: number | null
}

const HOUR_MS = 3_600_000
/** A statement falls short in nothing. */
const NO_TOLERANCE = { persons: 0, shortPercent: 0 } as const

type Tolerance = Pick<UnderstatementRule, 'persons' | 'shortPercent'>

/** True when no figure falls short by more than the tolerance; what was not said counts as nobody. */
function reaches(statement: Casualties, found: Casualties, { persons, shortPercent }: Tolerance): boolean {
  return CASUALTY_FIGURES.every((figure) => {
    const truth = found[figure]
    if (truth === null) return true
    const short = truth - (statement[figure] ?? 0)
    return short <= persons || short * 100 <= shortPercent * truth
  })
}

function inOrder(statements: readonly Statement[]): readonly Statement[] {
  return statements.toSorted((one, other) => one.at - other.at)
}

export type ToleranceVerdict =
  /** The first figure was near enough. */
  | { readonly verdict: 'within'; readonly rule: UnderstatementRule }
  /** It was not, and was put right in time. */
  | { readonly verdict: 'corrected'; readonly rule: UnderstatementRule; readonly correctedAt: number }
  /** `correctedAt`: when it was put right, too late; null = it was not. */
  | { readonly verdict: 'beyond'; readonly rule: UnderstatementRule; readonly correctedAt: number | null }
  | { readonly verdict: 'cannot_tell'; readonly rule: UnderstatementRule }

/**
 * Whether a first figure below the true one is understated by the rules; null = they say nothing of it, or the case is of another
 * kind. In time means at most so many hours after the first report, to the second.
 */
export function judgeTolerance(figures: FiguresOfCase, regulation: Regulation): ToleranceVerdict | null {
  const rule = regulation.understatement
  if (rule === undefined || figures.kind !== 'understated') return null
  const { found, statements } = figures
  const ordered = inOrder(statements)
  const [first] = ordered
  if (found === null || first === undefined) return { verdict: 'cannot_tell', rule }
  if (reaches(first, found, rule)) return { verdict: 'within', rule }
  const correctedAt = ordered.find((one) => reaches(one, found, rule))?.at ?? null
  const isInTime = correctedAt !== null && correctedAt <= first.at + rule.correctedWithinHours * HOUR_MS
  return isInTime ? { verdict: 'corrected', rule, correctedAt } : { verdict: 'beyond', rule, correctedAt }
}

export type CorrectionVerdict =
  | { readonly verdict: 'honest'; readonly rule: HonestCorrectionRule; readonly correctedAt: number }
  | {
      readonly verdict: 'too_late' | 'superior_first'
      readonly rule: HonestCorrectionRule
      readonly correctedAt: number
    }
  | { readonly verdict: 'none' | 'cannot_tell'; readonly rule: HonestCorrectionRule }

/** From when the hours of a correction run: the first wrong report, or when the unit learned of what it did not report. */
function beganAt({ kind, statements, unitAt }: FiguresOfCase): number | null {
  if (kind === 'omitted' || kind === 'concealed') return unitAt
  return inOrder(statements)[0]?.at ?? null
}

function correctionAt(figures: FiguresOfCase, tolerance: Tolerance): number | null {
  const ordered = inOrder(figures.statements)
  const { found } = figures
  const isLeftOut = figures.kind === 'omitted' || figures.kind === 'concealed'
  const later = isLeftOut ? ordered : ordered.slice(1)
  return later.find((one) => found === null || reaches(one, found, tolerance))?.at ?? null
}

/**
 * Whether the unit put it right itself: within the hours, to the second, and before its superior knew. null = the rules say nothing
 * of it. Without what is true only a report of what was left out altogether can be judged.
 */
export function judgeCorrection(figures: FiguresOfCase, regulation: Regulation): CorrectionVerdict | null {
  const rule = regulation.honestCorrection
  if (rule === undefined) return null
  const began = beganAt(figures)
  const needsTruth = figures.kind === 'understated' || figures.kind === 'false'
  if (began === null || (needsTruth && figures.found === null)) return { verdict: 'cannot_tell', rule }
  const correctedAt = correctionAt(figures, regulation.understatement ?? NO_TOLERANCE)
  if (correctedAt === null) return { verdict: 'none', rule }
  if (correctedAt >= figures.superiorAt) return { verdict: 'superior_first', rule, correctedAt }
  const isInTime = correctedAt <= began + rule.withinHours * HOUR_MS
  return { verdict: isInTime ? 'honest' : 'too_late', rule, correctedAt }
}

/** The share of the points that may be put on a misreport so judged, beside all of them; null = none may be taken off. */
export function mayCount(correction: CorrectionVerdict | null): number | null {
  if (correction === null) return null
  // Where the figures do not tell, a person may still know.
  return correction.verdict === 'honest' || correction.verdict === 'cannot_tell' ? correction.rule.sharePercent : null
}
