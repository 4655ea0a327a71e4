import type { DrawPlanDocument, DrawPreparation } from '@zhidu/contract'

/** One line of units with something to say of each. */
export interface UnitLine {
  unitCode: string
  reason: string
  weight: number
  /** Name of the inspector who stays away; empty where no inspector is meant. */
  inspector: string
}

/** A plan as it is typed; numbers are texts, empty = no such rule. */
export interface PlanDraft {
  title: string
  isNight: boolean
  everyUnitWithinQuarters: string
  mostPerMonth: string
  mostNightPerQuarter: string
  mostPerInspector: string
  strata: { group: string; size: string; substitutes: string }[]
  weights: UnitLine[]
  exclusions: UnitLine[]
  inspectors: string
  recusals: UnitLine[]
}

type PreparedUnit = DrawPreparation['units'][number]

export function emptyLine(): UnitLine {
  return { unitCode: '', reason: '', weight: 2, inspector: '' }
}

function toText(value: number | null): string {
  return value === null ? '' : String(value)
}

/** Groups of the units below in official order, with how many units each has. */
export function listGroups(units: readonly PreparedUnit[]): { readonly group: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { group } of units) counts.set(group, (counts.get(group) ?? 0) + 1)
  return [...counts].map(([group, count]) => ({ group, count }))
}

/** A draft of the next version, or of a new plan: null. Groups that have no unit any more are gone. */
export function toDraft(document: DrawPlanDocument | null, units: readonly PreparedUnit[]): PlanDraft {
  const strata = listGroups(units).map(({ group }) => {
    const known = document?.strata.find((one) => one.group === group)
    return { group, size: String(known?.size ?? 0), substitutes: String(known?.substitutes ?? 0) }
  })
  return {
    title: document?.title ?? '',
    isNight: document?.isNight ?? true,
    everyUnitWithinQuarters: toText(document?.everyUnitWithinQuarters ?? null),
    mostPerMonth: toText(document?.mostPerMonth ?? null),
    mostNightPerQuarter: toText(document?.mostNightPerQuarter ?? null),
    mostPerInspector: toText(document?.mostPerInspector ?? null),
    strata,
    weights: (document?.weights ?? []).map((one) => ({ ...emptyLine(), ...one })),
    exclusions: (document?.exclusions ?? []).map((one) => ({ ...emptyLine(), ...one })),
    inspectors: (document?.inspectors ?? []).map(({ name }) => name).join('\n'),
    recusals: (document?.inspectors ?? []).flatMap(({ name, recusals }) =>
      recusals.map((one) => ({ ...emptyLine(), ...one, inspector: name })),
    ),
  }
}

export function listNames(text: string): string[] {
  return [...new Set(text.split(/[\n;,\uff0c\uff1b\u3001]/).map((name) => name.trim()))].filter((name) => name !== '')
}

/** Null = not a whole number in that range; empty is `empty`. */
function toCount(text: string, least: number, most: number): number | null | 'empty' {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  const value = Number(trimmed)
  return /^\d{1,4}$/.test(trimmed) && value >= least && value <= most ? value : null
}

/** A pool knows a group or an inspector by a name of so many characters. */
const LONGEST_NAME = 64

export const DRAFT_PROBLEMS = ['title', 'number', 'size', 'group', 'line', 'inspectors', 'recusal'] as const
export type DraftProblem = (typeof DRAFT_PROBLEMS)[number]

function isWhole({ reason, unitCode }: UnitLine): boolean {
  return unitCode !== '' && reason.trim().length >= 2
}

/** What the server is sent, or the first thing that is not filled in rightly. */
export function fromDraft(
  draft: PlanDraft,
): { readonly document: DrawPlanDocument } | { readonly problem: DraftProblem } {
  if (draft.title.trim().length < 2) return { problem: 'title' }
  const rules = {
    everyUnitWithinQuarters: toCount(draft.everyUnitWithinQuarters, 1, 40),
    mostPerMonth: toCount(draft.mostPerMonth, 1, 31),
    mostNightPerQuarter: toCount(draft.mostNightPerQuarter, 1, 92),
    mostPerInspector: toCount(draft.mostPerInspector, 1, 1000),
  }
  if (Object.values(rules).includes(null)) return { problem: 'number' }
  const rule = (value: number | null | 'empty'): number | null => (value === 'empty' ? null : value)
  const strata = draft.strata.map(({ group, size, substitutes }) => ({
    group,
    size: toCount(size, 0, 1000),
    substitutes: toCount(substitutes, 0, 1000),
  }))
  const sizes = strata.flatMap(({ group, size, substitutes }) =>
    typeof size === 'number' && typeof substitutes === 'number' ? [{ group, size, substitutes }] : [],
  )
  if (sizes.length < strata.length || sizes.every(({ size }) => size === 0)) return { problem: 'size' }
  const drawn = sizes.filter(({ size, substitutes }) => size + substitutes > 0)
  if (drawn.some(({ group }) => group.length > LONGEST_NAME)) return { problem: 'group' }
  const lines = [...draft.weights, ...draft.exclusions, ...draft.recusals]
  if (
    !lines.every(isWhole) ||
    draft.weights.some(({ weight }) => !Number.isInteger(weight) || weight < 2 || weight > 100)
  ) {
    return { problem: 'line' }
  }
  const names = listNames(draft.inspectors)
  if (names.length === 1 || names.some((name) => name.length > LONGEST_NAME)) return { problem: 'inspectors' }
  if (draft.recusals.some(({ inspector }) => !names.includes(inspector))) return { problem: 'recusal' }
  const ofUnit = ({ reason, unitCode }: UnitLine) => ({ unitCode, reason: reason.trim() })
  return {
    document: {
      title: draft.title.trim(),
      isNight: draft.isNight,
      everyUnitWithinQuarters: rule(rules.everyUnitWithinQuarters),
      mostPerMonth: rule(rules.mostPerMonth),
      mostNightPerQuarter: rule(rules.mostNightPerQuarter),
      mostPerInspector: rule(rules.mostPerInspector),
      // A group of which nobody is drawn is not part of the draw.
      strata: drawn,
      weights: draft.weights.map((line) => ({ ...ofUnit(line), weight: line.weight })),
      exclusions: draft.exclusions.map(ofUnit),
      inspectors: names.map((name) => ({
        name,
        recusals: draft.recusals.filter(({ inspector }) => inspector === name).map(ofUnit),
      })),
    },
  }
}
