import { useQueryCache } from '@pinia/colada'
import type { FilingPage, FilingReceipt, HolidayContentInput, ReadProblemView } from '@zhidu/contract'
import {
  checkHolidayForm,
  emptyContent,
  type HolidayBlock,
  type HolidayContent,
  HOLIDAYS,
  isWarning,
  readRoster,
  readWhereabouts,
  toPlainDate,
} from '@zhidu/domain'
import { computed, ref, shallowRef, watch } from 'vue'
import { useAction } from '../../app/api/use-action.ts'
import { useApi } from '../../app/api/use-api.ts'
import { parsePaste } from './parse-paste.ts'
import { sendFormFile } from './use-filings.ts'

function toBlock({ firstDayOff, holiday, lastDayOff }: FilingPage): HolidayBlock {
  const name = HOLIDAYS.find((one) => one === holiday.slice(5)) ?? HOLIDAYS[0]
  const [first, last] = [toPlainDate(firstDayOff), toPlainDate(lastDayOff)]
  return { year: Number(holiday.slice(0, 4)), name, firstDayOff: first, lastDayOff: last, makeupWorkdays: [] }
}

function toContent(input: HolidayContentInput): HolidayContent {
  if (input.form === 'whereabouts') return input
  return { ...input, rows: input.rows.map((row) => ({ ...row, day: row.day === null ? null : toPlainDate(row.day) })) }
}

function toInput(content: HolidayContent): HolidayContentInput {
  return content.form === 'whereabouts'
    ? { ...content, rows: content.rows.map((row) => ({ ...row })) }
    : { ...content, rows: content.rows.map((row) => ({ ...row })) }
}

/** What was said of who filled it in stays when a table is read that does not say it. */
function keepFilled(read: HolidayContentInput, before: HolidayContentInput): HolidayContentInput {
  const filled = { filledBy: read.filledBy || before.filledBy, phone: read.phone || before.phone }
  if (read.form !== 'roster' || before.form !== 'roster') return { ...read, ...filled }
  return {
    ...read,
    ...filled,
    dutyPhone: read.dutyPhone || before.dutyPhone,
    fax: read.fax || before.fax,
    changesAt: before.changesAt,
  }
}

export type FilingEditor = ReturnType<typeof useFilingEditor>

/** A form while it is filled in, what is wrong with it by the rules of the domain, and what becomes of it. */
export function useFilingEditor(page: () => FilingPage) {
  const api = useApi()
  const cache = useQueryCache()
  const { isBusy, problem, run, clear } = useAction()
  const start = page()
  const block = toBlock(start)
  const content = ref<HolidayContentInput>(
    start.draft?.content ?? start.content ?? toInput(emptyContent(start.form, block)),
  )
  const sourceSha256 = ref<string | null>(start.draft?.sourceSha256 ?? null)
  const accepts = ref(false)
  const reason = ref('')
  const savedAt = ref<string | null>(start.draft?.at ?? null)
  const receipt = shallowRef<FilingReceipt | null>(null)
  const readProblems = shallowRef<readonly ReadProblemView[]>([])
  const refusedFile = shallowRef<{ readonly code: string; readonly params: Readonly<Record<string, string>> } | null>(
    null,
  )
  const readFrom = ref<string | null>(null)

  const issues = computed(() => {
    const { other } = page()
    return checkHolidayForm(toContent(content.value), block, other === null ? null : toContent(other))
  })
  const errors = computed(() => issues.value.filter(({ kind }) => !isWarning(kind)))
  const warnings = computed(() => issues.value.filter(({ kind }) => isWarning(kind)))
  const needsReason = computed(() => page().versions.length > 0 && reason.value.trim().length < 2)
  const maySubmit = computed(
    () => errors.value.length === 0 && (warnings.value.length === 0 || accepts.value) && !needsReason.value,
  )

  // Another form than the one whose warnings were accepted.
  watch(content, () => (accepts.value = false), { deep: true })

  async function save(): Promise<boolean> {
    const input = { holiday: page().holiday, content: content.value, sourceSha256: sourceSha256.value }
    const done = await run(() => api.filing.saveDraft.mutate(input))
    if (done !== null) savedAt.value = done.at
    return done !== null
  }

  async function submit(): Promise<void> {
    if (!maySubmit.value) return
    const { holiday, versions } = page()
    const done = await run(() =>
      api.filing.submit.mutate({
        holiday,
        content: content.value,
        sourceSha256: sourceSha256.value,
        acceptsWarnings: accepts.value,
        versions: versions.length,
        reason: versions.length === 0 ? null : reason.value.trim(),
      }),
    )
    if (done === null) return
    receipt.value = done
    reason.value = ''
    await cache.invalidateQueries({ key: ['filings'] })
  }

  function take(read: HolidayContentInput, problems: readonly ReadProblemView[], from: string): void {
    content.value = keepFilled(read, content.value)
    readProblems.value = problems
    readFrom.value = from
  }

  function paste(text: string, from: string): void {
    const rows = parsePaste(text)
    const read = page().form === 'roster' ? readRoster(rows, block) : readWhereabouts(rows, block)
    refusedFile.value = null
    sourceSha256.value = null
    take(toInput(read.content), read.problems, from)
  }

  async function readFile(file: File): Promise<void> {
    clear()
    refusedFile.value = null
    const { form, holiday } = page()
    const read = await run(() => sendFormFile({ holiday, form }, file))
    if (read === null) return
    sourceSha256.value = read.sourceSha256
    refusedFile.value = read.refused
    if (read.content !== null) take(read.content, read.problems, read.fileName)
  }

  function copyLast(): void {
    const { previous } = page()
    if (previous !== null) take(previous.content, [], previous.holiday)
  }

  return {
    accepts,
    content,
    copyLast,
    errors,
    isBusy,
    maySubmit,
    paste,
    problem,
    readFile,
    readFrom,
    readProblems,
    reason,
    receipt,
    refusedFile,
    save,
    savedAt,
    submit,
    warnings,
  }
}
