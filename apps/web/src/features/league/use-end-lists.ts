import type { LeagueStanding, LeagueTable } from '@zhidu/contract'
import type { Certainty } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import { probabilityText, rangeText, useStandingWords } from '../../ui/standing/use-standing-words.ts'
import { useFormat } from '../../ui/use-format.ts'

export const LIST_KINDS = ['praise', 'criticism'] as const

/** The surest first; among equals the order of the table. */
const SURENESS: readonly Certainty[] = ['certain', 'likely', 'cannot_tell']

/** The lists for a bulletin in words: the same on screen, on paper and when copied. */
export function useEndLists(table: MaybeRefOrGetter<LeagueTable>, standing: MaybeRefOrGetter<LeagueStanding>) {
  const { t } = useI18n({ useScope: 'global' })
  const format = useFormat()
  const { certaintyWord } = useStandingWords()

  const lists = computed(() => {
    const { rows } = toValue(table)
    const known = toValue(standing)
    const rowOf = new Map(rows.map((row) => [row.unitCode, row]))
    const rangeOf = new Map(known.rows.map((row) => [row.unitCode, row.rankInterval]))
    return LIST_KINDS.map((kind) => ({
      kind,
      units: [...known[kind]]
        .sort((a, b) => SURENESS.indexOf(a.certainty) - SURENESS.indexOf(b.certainty))
        .flatMap((listed) => {
          const row = rowOf.get(listed.unitCode)
          const range = rangeOf.get(listed.unitCode)
          if (row === undefined || row.score === null || range === undefined) return []
          return [
            {
              ...listed,
              name: row.name,
              place: row.tied ? `${t('league.tied')} ${listed.rank}` : String(listed.rank),
              score: format.score(row.score),
              possible: rangeText(range),
              probability: probabilityText(listed.probability),
              word: certaintyWord(listed.certainty),
              end: listed.isEnd ? t(`league.lists.end.${kind}`) : '',
              isBarred: kind === 'praise' && !row.commendable,
            },
          ]
        }),
    }))
  })

  /** One line a unit, for a document. */
  function toText(): string {
    const { group, provenance, quarter } = toValue(table)
    const head = t('league.lists.head', {
      group,
      quarter: format.quarter(quarter),
      asOf: format.minute(provenance.asOf),
    })
    const sections = lists.value.map(({ kind, units }) =>
      [
        t(`league.lists.${kind}`),
        ...units.map((unit) =>
          t('league.lists.line', {
            ...unit,
            end: unit.end === '' ? '' : `${t('league.lists.join')}${unit.end}`,
            barred: unit.isBarred ? `${t('league.lists.join')}${t('league.paper.notCommendable')}` : '',
          }),
        ),
      ].join('\n'),
    )
    return [head, ...sections, t('league.lists.note')].join('\n\n')
  }

  return { lists, toText }
}
