import type { InspectionKit, KitVisit } from '@zhidu/contract'
import type { CheckMethod } from '@zhidu/domain'
import { beginSheet, type Checklist, type Sheet, visitKeyOf } from './sheet.ts'

const MOST_INSPECTORS = 6

/** The list that is followed by a method: the newest of the kit. */
function checklistFor(kit: InspectionKit, method: CheckMethod): Checklist | undefined {
  return kit.checklists.filter(({ methods }) => methods.includes(method)).toSorted((a, b) => b.version - a.version)[0]
}

/** The one who records first, whoever was drawn beside. */
function inspectorsOf(kit: InspectionKit, drawn: readonly string[]): string[] {
  return [kit.inspector, ...drawn.filter((name) => name !== kit.inspector)].slice(0, MOST_INSPECTORS)
}

export interface Begin {
  readonly inspectionId: string
  readonly kit: InspectionKit
  readonly method: CheckMethod
  readonly unitCode: string
  readonly visit: KitVisit | null
  /** For a check nobody drew. */
  readonly reason: string | null
}

/** null = the kit has no list for the method, or not this unit. */
export function beginCheck({ inspectionId, kit, method, reason, unitCode, visit }: Begin): Sheet | null {
  const checklist = checklistFor(kit, method)
  const unit = kit.units.find((one) => one.unitCode === unitCode)
  if (checklist === undefined || unit === undefined) return null
  return beginSheet({
    inspectionId,
    visitKey: visit === null ? null : visitKeyOf(visit),
    title: visit?.title ?? '',
    position: visit?.position ?? null,
    method,
    purpose: visit?.purpose ?? 'ordered',
    drawId: visit?.drawId ?? null,
    orderId: visit?.orderId ?? null,
    reason,
    inspectors: inspectorsOf(kit, visit?.inspectors ?? []),
    unit,
    checklist,
    settings: kit.phone,
    officeName: kit.officeName,
    explanationWorkingDays: kit.explanationWorkingDays,
    limits: kit.limits,
    codesFrom: kit.codesFrom,
    accountName: kit.inspector,
  })
}
