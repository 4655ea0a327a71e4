import type { UnitActInput, UnitActPreviewInput, UnitTreeView, UnitValuesInput } from '@zhidu/contract'
import type { UnitActKind } from '@zhidu/domain'

export type TreeUnit = UnitTreeView['units'][number]

/** A unit as it is typed in; empty text = nothing. */
export interface ValuesDraft {
  unitCode: string
  name: string
  shortName: string
  parentCode: string
  tier: UnitValuesInput['tier']
  peerGroup: string
  dutyMode: UnitValuesInput['dutyMode']
}

/** What is filled in of an act, whatever its kind: fields of other kinds keep what they held. */
export interface UnitActDraft {
  kind: UnitActKind
  /** Merged units. */
  fromCodes: string[]
  /** The unit that was split, or that changes alone. */
  unitCode: string
  /** The successor of a merger that is there already, or ''. */
  successorCode: string
  /** Its name from the day on; '' = as it is. */
  successorName: string
  isNewSuccessor: boolean
  /** Units split off that are there already. */
  partCodes: string[]
  keepsOld: boolean
  /** New units: the successor of a merger, or the parts of a split. */
  created: ValuesDraft[]
  /** What one unit is from the day on. */
  values: ValuesDraft
  onDate: string
  reason: string
}

/** Fields a new unit shares with the unit it comes from; the top alone has nobody above. */
export function emptyValues(like?: TreeUnit): ValuesDraft {
  return {
    unitCode: '',
    name: '',
    shortName: '',
    parentCode: like?.parentCode ?? '',
    tier: like?.tier ?? 'county',
    peerGroup: like?.peerGroup ?? '',
    dutyMode: like?.dutyMode ?? 'room',
  }
}

export function valuesOfUnit(unit: TreeUnit): ValuesDraft {
  return { ...emptyValues(unit), unitCode: unit.unitCode, name: unit.name, shortName: unit.shortName ?? '' }
}

export function emptyDraft(): UnitActDraft {
  return {
    kind: 'merge',
    fromCodes: [],
    unitCode: '',
    successorCode: '',
    successorName: '',
    isNewSuccessor: false,
    partCodes: [],
    keepsOld: false,
    created: [],
    values: emptyValues(),
    onDate: '',
    reason: '',
  }
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

/** The unit as the server takes it, or null while something is not filled in. */
function toValues(draft: ValuesDraft): UnitValuesInput | null {
  const { dutyMode, name, parentCode, peerGroup, shortName, tier, unitCode } = draft
  if ([unitCode, name, peerGroup].some((text) => text.trim() === '')) return null
  return {
    unitCode: unitCode.trim(),
    name: name.trim(),
    shortName: orNull(shortName),
    parentCode: orNull(parentCode),
    tier,
    peerGroup: peerGroup.trim(),
    dutyMode,
  }
}

function toAll(drafts: readonly ValuesDraft[]): UnitValuesInput[] | null {
  const all = drafts.map(toValues)
  return all.every((each) => each !== null) ? all : null
}

function toMerger(draft: UnitActDraft, units: readonly TreeUnit[]): UnitActPreviewInput | null {
  const { created, fromCodes, isNewSuccessor, onDate, successorCode, successorName } = draft
  if (fromCodes.length === 0) return null
  const act = { kind: 'merge', fromCodes, onDate } as const
  if (isNewSuccessor) {
    const values = toAll(created.slice(0, 1))
    const [one] = values ?? []
    return one === undefined ? null : { ...act, toCodes: [one.unitCode], values: [one] }
  }
  const successor = units.find(({ unitCode }) => unitCode === successorCode)
  if (successor === undefined) return null
  const renamed = orNull(successorName)
  const values = renamed === null ? [] : toAll([{ ...valuesOfUnit(successor), name: renamed }])
  return { ...act, toCodes: [successorCode], values: values ?? [] }
}

/** What was filled in, as the server takes it; null while something is missing. `units`: as of the day shown. */
export function toActInput(draft: UnitActDraft, units: readonly TreeUnit[]): UnitActPreviewInput | null {
  const { created, keepsOld, kind, onDate, partCodes, unitCode } = draft
  if (onDate === '') return null
  switch (kind) {
    case 'merge':
      return toMerger(draft, units)
    case 'split': {
      const values = toAll(created)
      if (unitCode === '' || values === null || partCodes.length + values.length === 0) return null
      const toCodes = [...partCodes, ...values.map((each) => each.unitCode)]
      return { kind, fromCodes: [unitCode], toCodes, values, keepsOld, onDate }
    }
    case 'close':
      return unitCode === '' ? null : { kind, unitCode, onDate }
    case 'change':
    case 'reopen':
    case 'open': {
      const unit = toValues(draft.values)
      return unit === null ? null : { kind, unit, onDate }
    }
  }
}

export function withReason(act: UnitActPreviewInput, reason: string): UnitActInput {
  return { ...act, reason: reason.trim() }
}
