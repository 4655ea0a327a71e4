import { wordRegulationProblem } from '@zhidu/contract/regulation'
import type { Regulation, RegulationClause, RegulationProblem } from '@zhidu/domain'
import { computed, inject, type InjectionKey, provide } from 'vue'
import { useLanguage } from '../../../ui/words/use-language.ts'

interface Editing {
  readonly regulation: () => Regulation
  readonly problems: () => readonly RegulationProblem[]
}

const EDITING: InjectionKey<Editing> = Symbol('regulation draft')

/** Gives the parts of the editor what all of them need: the clauses, and what is wrong. */
export function provideEditing(editing: Editing): void {
  provide(EDITING, editing)
}

function useEditing(): Editing {
  const editing = inject(EDITING)
  if (editing === undefined) throw new Error('no regulation is being edited')
  return editing
}

export function useClauses() {
  const { regulation } = useEditing()
  return computed<readonly RegulationClause[]>(() => regulation().clauses)
}

/** Words of the problems that match, in one text to stand under a field; null = there is none. */
export function useProblemText(): (matches: (problem: RegulationProblem) => boolean) => string | null {
  const { problems, regulation } = useEditing()
  const language = useLanguage()
  return (matches) => {
    const texts = problems()
      .filter(matches)
      .map((problem) => wordRegulationProblem(problem, regulation(), language.value))
    return texts.length === 0 ? null : [...new Set(texts)].join(' ')
  }
}
