import type { KitVisit } from '@zhidu/contract'
import type { CheckMethod } from '@zhidu/domain'
import { usePhone } from '../core/phone.ts'
import { goTo } from '../core/use-route.ts'
import { beginCheck } from '../sheet/begin.ts'
import { sheetOf, type VisitRow } from '../sheet/visit-states.ts'

/** Begins checks, and goes on with those that were begun. */
export function useStartCheck() {
  const phone = usePhone()

  async function start(args: {
    readonly method: CheckMethod
    readonly unitCode: string
    readonly visit: KitVisit | null
    readonly reason: string | null
  }): Promise<boolean> {
    const { kit } = phone.state
    if (kit === null) return false
    const sheet = beginCheck({ ...args, kit, inspectionId: phone.ports.newId() })
    if (sheet === null) return false
    const id = sheet.basis.inspectionId
    await phone.outbox().saveDraft(id, sheet)
    await phone.refresh()
    goTo({ name: 'check', draftId: id })
    return true
  }

  /** One that was only looked at is begun anew, with what is known now. */
  async function open({ sheet, visit }: VisitRow, method: CheckMethod = 'phone'): Promise<void> {
    if (sheet !== null && sheet.course.start !== null) {
      goTo({ name: 'check', draftId: sheet.basis.inspectionId })
      return
    }
    if (sheet !== null) await phone.outbox().discardDraft(sheet.basis.inspectionId)
    await start({ method, visit, unitCode: visit.unitCode, reason: null })
  }

  /** The same unit by another method; what was not begun yet leaves nothing behind. */
  async function change(draftId: string, method: CheckMethod): Promise<void> {
    const draft = await phone.outbox().findDraft(draftId)
    if (draft === undefined) return
    const { basis } = sheetOf(draft)
    const visit = phone.state.kit?.visits.find(
      (one) => one.unitCode === basis.unit.unitCode && one.drawId === basis.drawId && one.orderId === basis.orderId,
    )
    await phone.outbox().discardDraft(draftId)
    await start({ method, unitCode: basis.unit.unitCode, visit: visit ?? null, reason: basis.reason })
  }

  return { start, open, change }
}
