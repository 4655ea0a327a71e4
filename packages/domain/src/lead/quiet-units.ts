import { benjaminiHochberg, estimateGammaPrior, type GammaPrior, predictLowTail } from '@zhidu/statistics'

/** What is known of a unit's events. Counts; time in days. */
export interface UnitVolume {
  readonly unitCode: string
  /** Units are compared within it. */
  readonly group: string
  /** Quarters before. */
  readonly pastEvents: number
  readonly pastDays: number
  /** The quarter so far. */
  readonly events: number
  readonly days: number
  /** Seen outside in the quarter and not found among the unit's reports. */
  readonly unmatchedLeads: number
}

export interface UnitQuiet {
  readonly unitCode: string
  readonly events: number
  readonly unmatchedLeads: number
  /** null = nobody of the group reported anything before, or too few are expected for silence to say something. */
  readonly expected: number | null
  /** Of so few or fewer; null = not measured. */
  readonly tail: number | null
  /** Stands among all units together. A reason to look, and nothing else. */
  readonly isQuiet: boolean
}

/** Of the units called quiet, at most this share by chance. House rule. */
export const QUIET_FALSE_RATE = 0.1
/** Below this many expected events even silence is no wonder. */
export const LEAST_EXPECTED = 3
/** Of the past, as much counts: offices change. */
export const PAST_WEIGHT = 0.5

function weigh({ pastDays, pastEvents }: UnitVolume) {
  return { count: pastEvents * PAST_WEIGHT, time: pastDays * PAST_WEIGHT }
}

function measure(own: UnitVolume, prior: GammaPrior | null): Omit<UnitQuiet, 'isQuiet'> {
  const { events, unitCode, unmatchedLeads } = own
  if (prior === null) return { unitCode, events, unmatchedLeads, expected: null, tail: null }
  const { expected, probability } = predictLowTail(prior, weigh(own), { count: events, time: own.days })
  const isEnough = expected >= LEAST_EXPECTED
  return { unitCode, events, unmatchedLeads, expected: isEnough ? expected : null, tail: isEnough ? probability : null }
}

/**
 * How unusual the silence of each unit is against its own past and its group: one row per unit, in order. Findings are held to
 * QUIET_FALSE_RATE over all of them (Benjamini–Hochberg). Method: docs/leads.md
 */
export function tabulateQuiet(units: readonly UnitVolume[]): UnitQuiet[] {
  const groups = Map.groupBy(units, ({ group }) => group)
  const priors = new Map([...groups].map(([group, peers]) => [group, estimateGammaPrior(peers.map(weigh))]))
  const rows = units.map((own) => measure(own, priors.get(own.group) ?? null))
  const tails = rows.flatMap(({ tail }) => (tail === null ? [] : [tail]))
  const stands = benjaminiHochberg(tails, QUIET_FALSE_RATE)
  let at = -1
  return rows.map((row) => {
    if (row.tail === null) return { ...row, isQuiet: false }
    at += 1
    return { ...row, isQuiet: stands[at] === true }
  })
}
