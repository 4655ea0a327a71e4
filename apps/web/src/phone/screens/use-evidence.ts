import { shallowRef } from 'vue'
import { usePhone } from '../core/phone.ts'
import { useSheet } from '../core/use-sheet.ts'
import { shrinkPhoto } from '../evidence/shrink-photo.ts'
import { type FileProblem, takeFile } from '../evidence/take-file.ts'
import { addFile, dropFile } from '../sheet/acts.ts'
import type { EvidenceFile } from '../sheet/sheet.ts'

/** Photos and recordings of the open check. */
export function useEvidence() {
  const phone = usePhone()
  const { act, course, elapsed, settled, sheet } = useSheet()
  const problem = shallowRef<FileProblem | 'full' | null>(null)
  const isBusy = shallowRef(false)
  const draftId = sheet.value.basis.inspectionId

  async function keep(file: EvidenceFile, bytes: Uint8Array, item: string | null): Promise<void> {
    await settled()
    const kept = { fileId: phone.ports.newId(), hash: file.sha256, size: file.bytes, mediaType: file.type }
    await phone.outbox().attachFile(draftId, kept, bytes)
    await act((now) => addFile(now, file, item))
  }

  async function take(blob: Blob, name: string, kind: EvidenceFile['kind'], item: string | null): Promise<void> {
    problem.value = null
    isBusy.value = true
    const takenMs = elapsed.value
    try {
      const { hashBytes } = phone.ports
      const taken = await takeFile(blob, name, { kind, course: course.value, takenMs, hashBytes, shrink: shrinkPhoto })
      if (typeof taken === 'string') problem.value = taken
      else await keep(taken.file, taken.bytes, item)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      // The phone has no room for it, or cannot read it.
      problem.value = 'full'
    } finally {
      isBusy.value = false
    }
  }

  /** The bytes stay until it is sent: the step may be taken back. */
  const drop = (sha256: string): Promise<void> => act((now) => dropFile(now, sha256))

  return { take, drop, problem, isBusy }
}
