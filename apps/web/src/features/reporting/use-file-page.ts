import type { ReportContent, ReportDesk, ReportReceipt } from '@zhidu/contract'
import { fromElementMask, type Stage, toLocalIso } from '@zhidu/domain'
import { computed, ref, shallowRef, watch } from 'vue'
import { useQueryCache } from '@pinia/colada'
import type { Problem } from '../../app/api/problem.ts'
import { useServerClock } from '../../ui/report/use-server-clock.ts'
import { previewFiling } from './filing-view.ts'
import { beginForm, emptyForm, findGap, type FormField, type ReportForm, toDocument } from './report-form.ts'
import { readDraft, useReportDraft } from './use-report-draft.ts'
import { useReportDesk } from './use-report-desk.ts'
import { type KeptReport, newReportId, useReportOutbox } from './use-report-outbox.ts'

export interface FilePageOptions {
  readonly eventCode: () => string | null
  readonly draftKey: () => string
  /** Of a correction: what it corrects. */
  readonly contentId: () => string | null
  readonly stage: () => Stage | null
  readonly onSent: (receipt: ReportReceipt) => void
}

/** The state of a page on which a report is written: read, kept, previewed, sent. */
export function useFilePage(options: FilePageOptions) {
  const { contentId, draftKey, eventCode, onSent } = options
  const desk = useReportDesk(() => ({ eventCode: eventCode(), draftKey: draftKey() }))
  const cache = useQueryCache()
  const now = useServerClock(() => desk.data.value?.now)
  const outbox = useReportOutbox(onArrived)
  const draft = useReportDraft(draftKey)
  const form = shallowRef<ReportForm>(emptyForm('first'))
  const reason = ref('')
  const reportId = ref(newReportId())
  const gap = ref<FormField | 'reason' | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isSending = ref(false)
  const isWaiting = ref(false)
  const isReady = ref(false)
  let isQuiet = true

  const corrected = computed<ReportContent | null>(
    () => desk.data.value?.contents.find(({ receipt }) => receipt.contentId === contentId()) ?? null,
  )
  const document = computed(() => toDocument(form.value))
  const second = computed(() => (now.value === null ? null : Math.floor(now.value / 1_000) * 1_000))
  const preview = computed(() =>
    desk.data.value === undefined || document.value === null || second.value === null
      ? null
      : previewFiling(desk.data.value, document.value, second.value),
  )
  const required = computed(() => {
    const { category, level } = form.value
    const rules = category === '' || level === '' ? undefined : desk.data.value?.rules[category][level]
    return fromElementMask(rules?.completeness.find(({ stage }) => stage === 'first')?.required ?? 0)
  })
  const given = computed(() => [...new Set((desk.data.value?.reports ?? []).flatMap(({ elements }) => elements))])

  function keptAs(): KeptReport {
    const about = { draftKey: draftKey(), eventCode: eventCode(), contentId: contentId() }
    return { ...about, reason: reason.value, seen: draft.seen.value, form: form.value }
  }

  function onArrived(receipt: ReportReceipt): void {
    draft.stop()
    void cache.invalidateQueries({ key: ['report'] })
    onSent(receipt)
  }

  function chosenStage(read: ReportDesk): Stage {
    const asked = options.stage()
    return read.next.find(({ stage }) => stage === asked)?.stage ?? read.next[0]?.stage ?? 'follow_up'
  }

  /** What this browser kept goes before the server's draft, when it goes on from that or from a later one. */
  async function begin(read: ReportDesk): Promise<void> {
    draft.begin(read.draft)
    const kept = await outbox.findKept(draftKey(), contentId())
    const saved = contentId() === null ? readDraft(read.draft) : null
    const isNewer = kept !== null && (saved === null || kept.report.seen >= (read.draft?.revision ?? 0))
    if (kept !== null && isNewer) {
      reportId.value = kept.id
      reason.value = kept.report.reason
    }
    const begun = (isNewer ? kept?.report.form : null) ?? saved ?? beginForm(read, chosenStage(read), corrected.value)
    form.value =
      contentId() === null && !read.next.some(({ stage }) => stage === begun.stage)
        ? { ...begun, stage: chosenStage(read) }
        : begun
    isReady.value = true
    queueMicrotask(() => (isQuiet = false))
  }

  function put(next: ReportForm): void {
    form.value = next
    if (isQuiet) return
    void outbox.keep(reportId.value, keptAs())
    if (contentId() === null) draft.put(next)
  }

  async function send(): Promise<void> {
    gap.value = findGap(form.value) ?? (contentId() !== null && reason.value.trim().length < 2 ? 'reason' : null)
    const sent = document.value
    if (gap.value !== null || sent === null || isSending.value) return
    isSending.value = true
    problem.value = null
    draft.stop()
    const key = { clientKey: reportId.value }
    const content = contentId()
    try {
      const outcome = await outbox.send(
        reportId.value,
        content === null
          ? { kind: 'send', input: { ...key, eventCode: eventCode(), draftKey: draftKey(), document: sent } }
          : { kind: 'correct', input: { ...key, contentId: content, document: sent, reason: reason.value.trim() } },
        keptAs(),
      )
      if (outcome.kind === 'receipt') onArrived(outcome.receipt)
      if (outcome.kind === 'refused') {
        problem.value = outcome.problem
        reportId.value = outcome.nextId
      }
      isWaiting.value = outcome.kind === 'waits'
    } finally {
      isSending.value = false
    }
  }

  watch(
    desk.data,
    (read) => {
      if (read !== undefined && !isReady.value) void begin(read)
    },
    { immediate: true },
  )

  return {
    desk,
    draft,
    outbox,
    form,
    reason,
    gap,
    problem,
    preview,
    required,
    given,
    corrected,
    document,
    isSending,
    isWaiting,
    isReady,
    now: computed(() => second.value ?? 0),
    isInFrozen: computed(() => {
      const read = desk.data.value
      if (read === undefined || document.value === null) return null
      const { learnedAt } = document.value
      const local = toLocalIso(Date.parse(learnedAt))
      const quarter = `${local.slice(0, 4)}Q${Math.ceil(Number(local.slice(5, 7)) / 3)}`
      return read.frozenQuarters.find((one) => one === quarter) ?? null
    }),
    put,
    send,
  }
}
