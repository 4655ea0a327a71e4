import type { AnswerCaseInput, HandleCaseInput, SupervisionCasePage } from '@zhidu/contract'
import type { CaseStepKind } from '@zhidu/domain'

/** What somebody has filled in for a step. */
export interface StepDraft {
  readonly note: string
  readonly owner: string
  readonly lastDay: string
  readonly files: readonly string[]
}

export const EMPTY_DRAFT: StepDraft = { note: '', owner: '', lastDay: '', files: [] }
export type StepField = 'note' | 'owner' | 'lastDay'
const SHORTEST = 2

/** Fields of a step's form, those that must be filled first. */
export function fieldsOf(kind: CaseStepKind): {
  readonly needed: readonly StepField[]
  readonly may: readonly StepField[]
} {
  switch (kind) {
    case 'ordered':
      return { needed: ['note', 'owner', 'lastDay'], may: [] }
    case 'returned':
      return { needed: ['note'], may: ['lastDay'] }
    case 'closed':
    case 'struck_off':
      return { needed: [], may: ['note'] }
    case 'received':
    case 'notified':
      return { needed: [], may: [] }
    default:
      return { needed: ['note'], may: [] }
  }
}

/** The first field that is not filled; null = all are. */
export function missingField(kind: CaseStepKind, draft: StepDraft): StepField | null {
  return fieldsOf(kind).needed.find((field) => draft[field].trim().length < SHORTEST) ?? null
}

type Input =
  | { readonly side: 'unit'; readonly input: AnswerCaseInput }
  | { readonly side: 'office'; readonly input: HandleCaseInput }

/** What goes to the server; null = a step that has a way of its own. */
export function toInput(page: SupervisionCasePage, kind: CaseStepKind, draft: StepDraft): Input | null {
  const about = { caseId: page.item.caseId, steps: page.steps.length }
  const note = draft.note.trim()
  const mayNote = note === '' ? null : note
  switch (kind) {
    case 'notified':
      return null
    case 'received':
      return { side: 'unit', input: { ...about, kind } }
    case 'explained':
    case 'submitted':
      return { side: 'unit', input: { ...about, kind, note, files: [...draft.files] } }
    case 'confirmed':
    case 'dismissed':
      return { side: 'office', input: { ...about, kind, note } }
    case 'ordered':
      return { side: 'office', input: { ...about, kind, note, owner: draft.owner.trim(), lastDay: draft.lastDay } }
    case 'returned':
      return { side: 'office', input: { ...about, kind, note, lastDay: draft.lastDay === '' ? null : draft.lastDay } }
    case 'closed':
    case 'struck_off':
      return { side: 'office', input: { ...about, kind, note: mayNote } }
    case 'escalated':
      return page.nextEscalation === null
        ? null
        : { side: 'office', input: { ...about, kind, note, escalation: page.nextEscalation } }
  }
}
