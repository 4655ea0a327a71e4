import type { RegulationVersion } from '@zhidu/contract'
import { parseRegulation, type RegulationIssue, toRegulationJson } from '@zhidu/contract/regulation'
import { checkRegulation, type Regulation, type RegulationProblem } from '@zhidu/domain'
import { useDebounceFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import { useAction } from '../../../app/api/use-action.ts'
import { useApi } from '../../../app/api/use-api.ts'

type Editable<T> = T extends readonly (infer Item)[]
  ? Editable<Item>[]
  : T extends string | number | boolean | null
    ? T
    : { -readonly [Key in keyof T]: Editable<T[Key]> }

/** The document while it is written. */
export type RegulationDraft = Editable<Regulation>

interface Kept {
  readonly revision: number
  readonly document: unknown
}

function placeOf(id: string, version: string): string {
  return `zhidu.regulation-draft.${id}.${version}`
}

/** What this browser kept of a draft that was not sent yet; null = nothing, or of another revision. */
function readKept(id: string, version: string): Kept | null {
  try {
    const text = localStorage.getItem(placeOf(id, version))
    const kept: unknown = text === null ? null : JSON.parse(text)
    if (typeof kept !== 'object' || kept === null || !('revision' in kept) || !('document' in kept)) return null
    return typeof kept.revision === 'number' ? { revision: kept.revision, document: kept.document } : null
  } catch {
    return null
  }
}

export function copyOf(document: Regulation): RegulationDraft {
  // Safe: a document is JSON, and the copy belongs to the form alone.
  return JSON.parse(JSON.stringify(document)) as RegulationDraft
}

/** The draft on the form: kept in this browser at every change, sent when asked for, checked all the time. */
export function useRegulationDraft(loaded: RegulationVersion) {
  const api = useApi()
  const { id, version } = loaded.item
  const { isBusy, problem, run } = useAction()
  const kept = readKept(id, version)
  const parsed = kept === null || kept.revision !== loaded.item.revision ? null : parseRegulation(kept.document)
  const draft = ref<RegulationDraft>(copyOf(parsed?.regulation ?? loaded.document))
  const revision = ref(loaded.item.revision)
  const savedText = ref(JSON.stringify(loaded.document))
  const savedAt = ref<string | null>(null)
  const cameBack = ref(parsed !== null && parsed.regulation !== null && JSON.stringify(draft.value) !== savedText.value)

  const text = computed(() => JSON.stringify(draft.value))
  const isDirty = computed(() => text.value !== savedText.value)
  const issues = shallowRef<readonly RegulationIssue[]>([])
  const problems = shallowRef<readonly RegulationProblem[]>([])

  function check(): void {
    const { issues: found } = parseRegulation(draft.value)
    issues.value = found ?? []
    problems.value = found === null ? checkRegulation(draft.value as Regulation) : []
  }

  const keep = useDebounceFn(() => {
    try {
      if (!isDirty.value) localStorage.removeItem(placeOf(id, version))
      else {
        const value = { revision: revision.value, document: draft.value }
        localStorage.setItem(placeOf(id, version), JSON.stringify(value))
      }
    } catch {
      // A browser that keeps nothing still sends.
    }
  }, 300)

  watch(text, () => {
    check()
    void keep()
  })
  check()

  async function save(): Promise<boolean> {
    if (issues.value.length > 0) return false
    const sent = draft.value as Regulation
    const sentText = JSON.stringify(sent)
    const item = await run(() =>
      api.rules.saveDraft.mutate({ id, version, revision: revision.value, json: toRegulationJson(sent) }),
    )
    if (item === null) return false
    revision.value = item.revision
    savedText.value = sentText
    savedAt.value = item.changed?.at ?? null
    cameBack.value = false
    await keep()
    return true
  }

  /** Back to what the server has. */
  function revert(): void {
    draft.value = JSON.parse(savedText.value) as RegulationDraft
    cameBack.value = false
  }

  return { draft, revision, isDirty, isBusy, problem, issues, problems, savedAt, cameBack, save, revert }
}
