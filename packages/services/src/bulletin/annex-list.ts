import type { BulletinAnnex } from '@zhidu/contract'
import { DRAFT_WORDS } from './draft-words.ts'
import type { LoadedFacts } from './load-bulletin-facts.ts'

/** A ranking table for each group, then the deductions behind all of them. */
export type Annex = BulletinAnnex & { readonly group: string | null }

export function listAnnexes({ deductionCount, facts }: Pick<LoadedFacts, 'facts' | 'deductionCount'>): Annex[] {
  const tables = facts.groups.map((group, index): Annex => ({
    number: index + 1,
    title: DRAFT_WORDS.annexTitle(group),
    rowCount: facts.units.filter((unit) => unit.group === group).length,
    file: `annex-${index + 1}.xlsx`,
    group,
  }))
  const number = tables.length + 1
  return [
    ...tables,
    {
      number,
      title: DRAFT_WORDS.deductionsTitle,
      rowCount: deductionCount,
      file: `annex-${number}.xlsx`,
      group: null,
    },
  ]
}
