import type { DrawPlanItem, DrawPreparation } from '@zhidu/contract'
import { computed, type Ref, ref, watch } from 'vue'
import { type PlanDraft, toDraft } from './plan-draft.ts'

/** Raised when the draft gets another form: what an older page kept is then not read. */
const FORM = 1

function placeOf(plan: DrawPlanItem | null): string {
  return plan === null ? 'zhidu.plan-draft.new' : `zhidu.plan-draft.${plan.planId}.${plan.version}`
}

/** What this tab kept of a plan that was not sent; names are in it, so that it goes with the tab. */
function readKept(place: string): PlanDraft | null {
  try {
    const text = sessionStorage.getItem(place)
    const kept: unknown = text === null ? null : JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('form' in kept) || !('draft' in kept)) return null
    // Safe: written below in this form.
    return kept.form === FORM ? (kept.draft as PlanDraft) : null
  } catch {
    return null
  }
}

/** The plan on the form: kept in this tab at every change until it is sent or given up, and brought back when the form is opened again. */
export function usePlanDraft(plan: DrawPlanItem | null, prepared: Ref<DrawPreparation | undefined>) {
  const place = placeOf(plan)
  const draft = ref<PlanDraft | null>(null)
  const blank = ref('')
  const cameBack = ref(false)
  const text = computed(() => (draft.value === null ? '' : JSON.stringify(draft.value)))

  function startAnew(): void {
    const made = toDraft(plan?.document ?? null, prepared.value?.units ?? [])
    blank.value = JSON.stringify(made)
    draft.value = made
    cameBack.value = false
  }

  function forget(): void {
    try {
      sessionStorage.removeItem(place)
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  watch(
    prepared,
    (found) => {
      if (found === undefined || draft.value !== null) return
      startAnew()
      const kept = readKept(place)
      if (kept === null) return
      draft.value = kept
      cameBack.value = true
    },
    { immediate: true },
  )
  watch(text, (now) => {
    if (now === blank.value) return forget()
    try {
      sessionStorage.setItem(place, JSON.stringify({ form: FORM, draft: draft.value }))
    } catch {
      // A browser that keeps nothing still sends.
    }
  })

  return { draft, cameBack, startAnew, forget }
}
