import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePhone } from '../core/phone.ts'
import { goTo } from '../core/use-route.ts'
import { useSheet } from '../core/use-sheet.ts'
import { type Segment, toText } from '../sheet/read-back.ts'
import { toDocument } from '../sheet/to-document.ts'
import { nextVisit, tabulateVisits } from '../sheet/visit-states.ts'
import { useStartCheck } from './use-start-check.ts'

const ENCODER = new TextEncoder()

/** Saves a finished check on this phone, sends it when it can, and goes to the next. */
export function useSubmit() {
  const { t } = useI18n()
  const phone = usePhone()
  const { elapsed, settled, sheet } = useSheet()
  const { open } = useStartCheck()
  const isBusy = shallowRef(false)
  const problem = shallowRef<string | null>(null)

  async function save(segments: readonly Segment[]): Promise<void> {
    await settled()
    const { basis, course } = sheet.value
    const outbox = phone.outbox()
    const sent = { anchors: phone.clock.anchors(), elapsedMs: elapsed.value, readBack: toText(segments) }
    const text = JSON.stringify(toDocument(sheet.value, sent))
    const hash = `sha256:${await phone.ports.hashBytes(ENCODER.encode(text))}`
    // Bytes of photos that were taken back.
    const used = new Set(course.files.map(({ sha256 }) => sha256))
    const draft = await outbox.findDraft(basis.inspectionId)
    for (const file of draft?.files ?? []) {
      if (!used.has(file.hash)) await outbox.detachFile(basis.inspectionId, file.fileId)
    }
    await outbox.submit(basis.inspectionId, { text, hash })
  }

  async function submit(segments: readonly Segment[]): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = null
    try {
      await save(segments)
    } catch {
      problem.value = t('phone.readBack.notSaved')
      return
    } finally {
      isBusy.value = false
    }
    await phone.refresh()
    void phone.sync(true)
    const { kit } = phone.state
    const next = kit === null ? undefined : nextVisit(tabulateVisits(kit, phone.state), sheet.value.basis.visitKey)
    if (next === undefined) goTo({ name: 'list' })
    else await open(next)
  }

  return { submit, isBusy, problem }
}
