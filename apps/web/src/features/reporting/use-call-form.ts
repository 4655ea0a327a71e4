import type { TakenCall } from '@zhidu/contract'
import type { Category, Level } from '@zhidu/domain'
import { reactive, ref } from 'vue'
import { useAction } from '../../app/api/use-action.ts'
import { useApi } from '../../app/api/use-api.ts'
import { toInstant } from './report-form.ts'
import { newReportId } from './use-report-outbox.ts'

export type CallGap = 'unit' | 'callerName' | 'occurredAt' | 'learnedAt' | 'course' | 'reason'

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

/** A call as it is written down. The same record is never entered twice, however often it is sent. */
export function useCallForm(onTaken: (taken: TakenCall) => void) {
  const api = useApi()
  const { isBusy, problem, run } = useAction()
  const recordId = newReportId()
  const gap = ref<CallGap | null>(null)
  const form = reactive({
    unitCode: null as string | null,
    eventCode: '',
    /** '' = now, by the server's clock. */
    beganAt: '',
    earlierReason: '',
    callerName: '',
    callerPost: '',
    callerPhone: '',
    category: 'accident' as Category,
    level: 'IV' as Level,
    occurredAt: '',
    learnedAt: '',
    place: '',
    course: '',
    toldTo: '',
    handling: '',
  })

  function findGap(): CallGap | null {
    if (form.unitCode === null) return 'unit'
    if (form.callerName.trim() === '') return 'callerName'
    if (toInstant(form.occurredAt) === null) return 'occurredAt'
    if (toInstant(form.learnedAt) === null) return 'learnedAt'
    return form.course.trim().length < 2 ? 'course' : null
  }

  async function send(): Promise<void> {
    gap.value = findGap()
    const [occurredAt, learnedAt] = [toInstant(form.occurredAt), toInstant(form.learnedAt)]
    const { category, level, unitCode } = form
    if (gap.value !== null || unitCode === null || occurredAt === null || learnedAt === null) return
    const taken = await run(() =>
      api.report.take.mutate({
        recordId,
        unitCode,
        eventCode: orNull(form.eventCode),
        beganAt: toInstant(form.beganAt),
        earlierReason: orNull(form.earlierReason),
        callerName: form.callerName.trim(),
        callerPost: orNull(form.callerPost),
        callerPhone: orNull(form.callerPhone),
        category,
        level,
        occurredAt,
        learnedAt,
        place: form.place.trim(),
        course: form.course.trim(),
        toldTo: orNull(form.toldTo),
        handling: orNull(form.handling),
      }),
    )
    if (taken !== null) onTaken(taken)
    else if (problem.value?.reason === 'report_call_reason') gap.value = 'reason'
  }

  return { form, gap, isBusy, problem, send }
}
