import type { StandingRow, UnitPage } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useStandingWords } from '../../ui/standing/use-standing-words.ts'
import { useFormat } from '../../ui/use-format.ts'
import { buildUnitHeadline } from './unit-words.ts'

/** The page's first sentence. `standing`: of this unit; null = not known yet, or not ranked. */
export function useUnitHeadline(): (page: UnitPage, standing: StandingRow | null) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()
  const { possible } = useStandingWords()

  return (page, standing) => {
    const headline = buildUnitHeadline(page)
    switch (headline.kind) {
      case 'closed':
        return t('units.headline.closed')
      case 'not_in_table':
        return t('units.headline.notInTable')
      case 'not_measured':
        return t('units.headline.notMeasured')
      case 'alone':
        return t('units.headline.alone', { score: f.score(headline.score) })
      case 'ranked': {
        const what = headline.loss === null ? '' : t(`units.headline.what.${headline.loss.place}`)
        const loss =
          headline.loss === null
            ? t('units.headline.lossNone')
            : headline.loss.share === null
              ? t('units.headline.lossAll', { what })
              : t('units.headline.lossMost', { share: t(`units.headline.${headline.loss.share}`), what })
        const key = headline.isTied ? 'units.headline.tied' : 'units.headline.ranked'
        // Never a rank without its range, once it is known.
        const range = standing === null ? '' : t('units.headline.possible', { text: possible(standing) })
        return t(key, {
          possible: range,
          score: f.score(headline.score),
          rank: headline.rank,
          n: page.rankedCount,
          loss,
        })
      }
    }
  }
}
