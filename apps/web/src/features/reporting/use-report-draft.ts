import type { ReportDesk, ReportDraft } from '@zhidu/contract'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { toProblem } from '../../app/api/problem.ts'
import { useApi } from '../../app/api/use-api.ts'
import { emptyForm, type ReportForm } from './report-form.ts'

/** A pause in typing after which the server gets what was typed. */
const PAUSE_MS = 2_000

/** A draft as the page saved it; what an older page or nobody's page wrote is filled up. */
export function readDraft(draft: Pick<ReportDraft, 'document'> | null): ReportForm | null {
  if (draft === null || draft.document === null) return null
  try {
    // Only this page writes drafts; what is missing in an older one stands empty.
    const form = JSON.parse(draft.document) as Partial<ReportForm>
    return { ...emptyForm(form.stage ?? 'first'), ...form }
  } catch {
    return null
  }
}

/** 暂存 on the server: shared by the unit's officers, none of whom writes over another. */
export function useReportDraft(draftKey: () => string) {
  const api = useApi()
  const seen = ref(0)
  const savedAt = ref<string | null>(null)
  /** What somebody else saved meanwhile: the officer chooses which stands. */
  const theirs = shallowRef<ReportDraft | null>(null)
  const isOffline = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest: string | null = null
  let isBusy = false

  async function save(): Promise<void> {
    if (isBusy || latest === null || theirs.value !== null) return
    isBusy = true
    const document = latest
    latest = null
    try {
      const answer = await api.report.saveDraft.mutate({ draftKey: draftKey(), seen: seen.value, document })
      isOffline.value = false
      if (answer.kind === 'taken') theirs.value = answer.theirs
      else {
        seen.value = answer.revision
        savedAt.value = answer.savedAt
      }
    } catch (error) {
      isOffline.value = toProblem(error).kind === 'network'
      latest ??= document
    } finally {
      isBusy = false
    }
    if (latest !== null && !isOffline.value) later()
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), PAUSE_MS)
  }

  onScopeDispose(() => clearTimeout(timer))

  return {
    seen,
    savedAt,
    theirs,
    isOffline,
    begin: (draft: ReportDesk['draft']): void => {
      seen.value = draft?.revision ?? 0
      savedAt.value = draft !== null && draft.document !== null ? draft.savedAt : null
    },
    put: (form: ReportForm): void => {
      latest = JSON.stringify(form)
      later()
    },
    /** Mine stands: it is saved over theirs, whose words the officer has seen. */
    keepMine: (form: ReportForm): void => {
      seen.value = theirs.value?.revision ?? seen.value
      theirs.value = null
      latest = JSON.stringify(form)
      void save()
    },
    takeTheirs: (): ReportForm | null => {
      const form = readDraft(theirs.value)
      seen.value = theirs.value?.revision ?? seen.value
      theirs.value = null
      return form
    },
    stop: (): void => {
      clearTimeout(timer)
      latest = null
    },
  }
}
