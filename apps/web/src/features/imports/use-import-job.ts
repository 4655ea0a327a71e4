import { useQueryCache } from '@pinia/colada'
import type { ImportJob, Kind } from '@zhidu/contract'
import { useTimeoutFn } from '@vueuse/core'
import { computed, type MaybeRefOrGetter, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import { type Problem, toProblem } from '../../app/api/problem.ts'
import { useApi } from '../../app/api/use-api.ts'
import { type ImportState, isMoving, toImportStage, type UploadFailure, type UploadState } from './import-stage.ts'
import { uploadFile } from './upload-file.ts'

const POLL_MS = 600
const RETRY_MS = 2500

/**
 * One import from the choice of a file to its result. `importId` comes from the address of the page, so that a reload or a
 * second window finds the import where it stands; `onAccepted` puts it there.
 */
export function useImportJob(
  importId: MaybeRefOrGetter<string | null>,
  options: { readonly language: () => string; readonly onAccepted: (importId: string) => void },
) {
  const api = useApi()
  const cache = useQueryCache()

  const upload = shallowRef<UploadState | null>(null)
  const failure = shallowRef<{ readonly failure: UploadFailure; readonly fileName: string } | null>(null)
  const job = shallowRef<ImportJob | null>(null)
  const problem = shallowRef<ImportState['problem']>(null)
  const actionProblem = shallowRef<Problem | null>(null)
  const isActing = shallowRef(false)
  let abort: AbortController | null = null

  const stage = computed(() =>
    toImportStage({
      upload: upload.value,
      failure: failure.value,
      importId: toValue(importId),
      job: job.value,
      problem: problem.value,
    }),
  )

  async function ask(): Promise<void> {
    const asked = toValue(importId)
    if (asked === null) return
    try {
      const next = await api.import.job.query({ importId: asked })
      if (toValue(importId) === asked) accept(next)
    } catch (error) {
      if (toValue(importId) !== asked) return
      const { kind } = toProblem(error)
      problem.value = kind === 'not_found' || kind === 'invalid' ? 'not_found' : 'network'
    }
    if (isMoving(stage.value)) poll.start()
  }

  const poll = useTimeoutFn(
    () => void ask(),
    () => (problem.value === null ? POLL_MS : RETRY_MS),
    { immediate: false },
  )

  function accept(next: ImportJob): void {
    const wasWriting = job.value?.phase === 'writing' || isActing.value
    job.value = next
    problem.value = null
    // Every figure may have changed. A question that fails now shows its own error where it is asked.
    if (next.phase === 'done' && wasWriting) cache.invalidateQueries().catch(() => undefined)
  }

  async function send(file: File, kind: Kind): Promise<void> {
    abort = new AbortController()
    failure.value = null
    upload.value = { fileName: file.name, sent: 0, total: file.size }
    const outcome = await uploadFile(file, {
      kind,
      language: options.language(),
      signal: abort.signal,
      onProgress: (sent, total) => {
        if (upload.value !== null) upload.value = { fileName: file.name, sent, total }
      },
    })
    upload.value = null
    abort = null
    if (outcome.kind === 'accepted') options.onAccepted(outcome.importId)
    else failure.value = { failure: outcome, fileName: file.name }
  }

  /** Runs a decision about the import; what the server refuses is told beside the buttons. */
  async function act(decide: (id: string) => Promise<ImportJob>): Promise<void> {
    const id = toValue(importId)
    if (id === null || isActing.value) return
    isActing.value = true
    actionProblem.value = null
    try {
      accept(await decide(id))
    } catch (error) {
      actionProblem.value = toProblem(error)
    } finally {
      isActing.value = false
    }
    if (isMoving(stage.value)) poll.start()
  }

  function cancelUpload(): void {
    abort?.abort()
  }

  function reset(): void {
    failure.value = null
    job.value = null
    problem.value = null
    actionProblem.value = null
  }

  watch(
    () => toValue(importId),
    (next) => {
      poll.stop()
      job.value = null
      problem.value = null
      actionProblem.value = null
      if (next !== null) void ask()
    },
    { immediate: true },
  )
  onScopeDispose(cancelUpload)

  return {
    stage,
    isActing,
    actionProblem,
    send,
    cancelUpload,
    reset,
    commit: (acceptValid: boolean) => act((id) => api.import.commit.mutate({ importId: id, acceptValid })),
    cancel: () => act((id) => api.import.cancel.mutate({ importId: id })),
  }
}
