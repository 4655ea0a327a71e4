import type { CommendationPage } from '@zhidu/contract'
import { isVetoed, LIST_KINDS, type ListKind, needsReason } from '@zhidu/domain'
import { computed, reactive, watch } from 'vue'

export type CommendationUnit = CommendationPage['units'][number]

interface Choice {
  readonly kind: ListKind
  readonly unitCode: string
  isNamed: boolean
  reason: string
}

const SHORTEST = 2

/** What a person picks for both lists, beginning with what the rules name. */
export function useChoices(page: () => CommendationPage) {
  const choices = reactive(new Map<string, Choice>())
  const keyOf = (kind: ListKind, unitCode: string) => `${kind}/${unitCode}`

  function add(kind: ListKind, unitCode: string): void {
    choices.set(keyOf(kind, unitCode), { kind, unitCode, isNamed: true, reason: '' })
  }
  function begin(): void {
    choices.clear()
    for (const unit of page().units) {
      for (const kind of LIST_KINDS) if (unit[kind].isProposed) add(kind, unit.unitCode)
    }
  }
  watch(() => [page().quarter, page().group, page().frozenVersion, page().steps.length].join('/'), begin, {
    immediate: true,
  })

  const lists = computed(() =>
    LIST_KINDS.map((kind) => ({
      kind,
      rows: page().units.flatMap((unit) => {
        const choice = choices.get(keyOf(kind, unit.unitCode))
        return choice === undefined
          ? []
          : [{ unit, place: unit[kind], choice, needsReason: needsReason(unit[kind], choice.isNamed) }]
      }),
      others: page().units.filter((unit) => !choices.has(keyOf(kind, unit.unitCode)) && !isVetoed(kind, unit[kind])),
      /** Among those whom a rule keeps off, the ones that surely belong there by place. */
      barred: page().units.filter(
        (unit) =>
          !choices.has(keyOf(kind, unit.unitCode)) &&
          unit[kind].barrier !== null &&
          unit[kind].certainty !== 'cannot_tell',
      ),
    })),
  )
  const isReady = computed(() =>
    lists.value.every(({ rows }) =>
      rows.every(
        ({ choice, needsReason: mustSay, place }) =>
          (!choice.isNamed && !place.isProposed) || !mustSay || choice.reason.trim().length >= SHORTEST,
      ),
    ),
  )
  /** The same words for every choice of a list that owes a reason and has none. */
  function giveReason(kind: ListKind, reason: string): void {
    for (const { choice, needsReason: mustSay } of lists.value.find((list) => list.kind === kind)?.rows ?? []) {
      if (mustSay && choice.reason.trim().length < SHORTEST) choice.reason = reason
    }
  }
  function toNames() {
    return [...choices.values()].map(({ isNamed, kind, reason, unitCode }) => ({
      kind,
      unitCode,
      isNamed,
      reason: reason.trim().length < SHORTEST ? null : reason.trim(),
    }))
  }
  return { lists, isReady, add, giveReason, toNames }
}
