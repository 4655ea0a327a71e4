import type { UnitPage } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { buildUnitHeadline } from './unit-words.ts'

/** The page's first sentence. */
export function useUnitHeadline(): (page: UnitPage) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  return (page) => {
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
        return t(key, { score: f.score(headline.score), rank: headline.rank, n: page.rankedCount, loss })
      }
    }
  }
}
