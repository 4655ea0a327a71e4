import {
  type InspectionProgress,
  type InspectionRow,
  listChecksOfUnits,
  listInspectionPlaces,
  listInspections,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  type CheckFact,
  localDateOf,
  type LookedAt,
  type Place,
  unitPeriodOn,
  type Visit,
  type VisitKind,
} from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'

/** More checks than an installation makes in two years. */
const MANY = 1_000_000

interface Range {
  readonly from: number
  readonly to: number
}

export interface MadeChecks {
  /** As telephones recorded them: of the own office. */
  readonly inspections: readonly (InspectionRow & InspectionProgress)[]
  /** On record without a telephone: by whom it was made they do not say, but of which unit. */
  readonly bare: readonly CheckFact[]
  /** Left out, for who asks is to make them again. */
  readonly hiddenCount: number
}

/** What was made in a range of instants by an office, and on record of the units below it. */
export async function loadMadeChecks(
  db: ReadonlyDb,
  asked: {
    readonly office: string
    readonly unitCodes: readonly string[]
    readonly range: Range
    readonly hidden: readonly string[]
  },
): Promise<MadeChecks> {
  const { hidden, office, range, unitCodes } = asked
  const filter = { range, unitCode: null, method: null, purpose: null, finding: null, hidden: [] }
  const found = await listInspections(db, filter, { standing: null, after: null, limit: MANY })
  const known = new Set(found.map(({ checkCode }) => checkCode))
  const checks = await listChecksOfUnits(db, { unitCodes, range })
  const own = found.filter(({ officeCode }) => officeCode === office)
  const shown = own.filter(({ inspectionId }) => !hidden.includes(inspectionId))
  return {
    inspections: shown,
    hiddenCount: own.length - shown.length,
    bare: checks.filter(({ checkCode }) => !known.has(checkCode)),
  }
}

function kindOf({ purpose, result, undecided }: InspectionRow & InspectionProgress): VisitKind {
  if (purpose === 'second' || purpose === 'upper') return purpose
  if (result === 'inconclusive') return 'inconclusive'
  return undecided > 0 ? 'open' : 'counted'
}

/** A place of a document; null = the word why there is none. */
function toPlace(text: string): Place | null {
  if (!text.startsWith('{')) return null
  // Safe: the document was read by its schema when it came.
  const { latitude, longitude } = JSON.parse(text) as Place
  return { latitude, longitude }
}

/** Every visit of the range, with the places that were told. */
export async function loadVisits(db: ReadonlyDb, range: Range, made: MadeChecks): Promise<Visit[]> {
  const places = new Map((await listInspectionPlaces(db, range)).map((row) => [row.inspectionId, row]))
  const bare = made.bare.map(({ checkedAt: at, inspectors, method, unitCode }) => ({
    at,
    inspectors,
    method,
    unitCode,
    kind: 'counted' as const,
    elapsedMs: null,
    startPlace: null,
    endPlace: null,
  }))
  const recorded = made.inspections.map((row) => {
    const { at, elapsedMs, inspectors, inspectionId, method, unitCode } = row
    const place = places.get(inspectionId)
    return {
      at,
      elapsedMs,
      inspectors,
      method,
      unitCode,
      kind: kindOf(row),
      startPlace: toPlace(place?.startPlace ?? ''),
      endPlace: toPlace(place?.endPlace ?? ''),
    }
  })
  return [...bare, ...recorded]
}

/** First checks with a result, as leniency looks at them; of a unit that was closed that day none. */
export function toLookedAt({ bare, inspections }: MadeChecks, roster: Roster): LookedAt[] {
  const groupOf = (unitCode: string, at: number) =>
    unitPeriodOn(roster.periodsOf.get(unitCode) ?? [], localDateOf(at))?.peerGroup
  const first = inspections.filter(({ result }) => result === 'findings' || result === 'passed')
  const all = [
    ...bare.map(({ checkedAt, findings, ...rest }) => ({ ...rest, at: checkedAt, hasFinding: findings.length > 0 })),
    ...first.map((row) => ({ ...row, hasFinding: row.result === 'findings' })),
  ]
  return all.flatMap(({ at, hasFinding, inspectors, method, unitCode }) => {
    const group = groupOf(unitCode, at)
    return group === undefined ? [] : [{ at, group, hasFinding, inspectors, method }]
  })
}
