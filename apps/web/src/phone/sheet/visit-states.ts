import type { InspectionKit, KitVisit } from '@zhidu/contract'
import type { OutboxDraft, OutboxItem } from '@zhidu/outbox'
import { type Sheet, visitKeyOf } from './sheet.ts'

/** `elsewhere`: the office has a check for it that did not come from this phone. */
export type VisitStanding = 'open' | 'begun' | 'saved' | 'refused' | 'delivered' | 'elsewhere'

export interface VisitRow {
  readonly key: string
  readonly visit: KitVisit
  readonly unitName: string
  readonly standing: VisitStanding
  /** The draft to go on with; null = none. */
  readonly sheet: Sheet | null
  /** How many visits its draw or order brought. */
  readonly total: number
}

/** What the pages keep as a draft's document, and only they. */
export function sheetOf(one: { readonly document: unknown }): Sheet {
  return one.document as Sheet
}

function standingOf(
  visit: KitVisit,
  own: { readonly sheet: Sheet | null; readonly item: OutboxItem | undefined; readonly isDelivered: boolean },
): VisitStanding {
  if (own.item !== undefined) return own.item.refusal === null ? 'saved' : 'refused'
  if (own.isDelivered) return 'delivered'
  if (own.sheet !== null && own.sheet.course.start !== null) return 'begun'
  return visit.inspectionId === null ? 'open' : 'elsewhere'
}

/** Every visit of the kit with where it stands, in the order of the draws; the reader's own first. */
export function tabulateVisits(
  kit: InspectionKit,
  queue: {
    readonly drafts: readonly OutboxDraft[]
    readonly waiting: readonly OutboxItem[]
    readonly delivered: readonly OutboxItem[]
  },
): readonly VisitRow[] {
  const rows = kit.visits.map((visit): VisitRow => {
    const key = visitKeyOf(visit)
    const isOf = (one: { readonly document: unknown }): boolean => sheetOf(one).basis.visitKey === key
    const draft = queue.drafts.find(isOf)
    const sheet = draft === undefined ? null : sheetOf(draft)
    const own = { sheet, item: queue.waiting.find(isOf), isDelivered: queue.delivered.some(isOf) }
    return {
      key,
      visit,
      unitName: kit.units.find(({ unitCode }) => unitCode === visit.unitCode)?.name ?? visit.unitCode,
      standing: standingOf(visit, own),
      sheet,
      total: kit.visits.filter(({ drawId, orderId }) => drawId === visit.drawId && orderId === visit.orderId).length,
    }
  })
  return rows.toSorted((a, b) => Number(b.visit.isMine) - Number(a.visit.isMine))
}

/** The next one to be checked after this; those behind it first. */
export function nextVisit(rows: readonly VisitRow[], afterKey: string | null): VisitRow | undefined {
  const at = rows.findIndex(({ key }) => key === afterKey)
  const inTurn = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))]
  return inTurn.find(({ standing, visit }) => standing === 'open' && visit.isMine)
}
