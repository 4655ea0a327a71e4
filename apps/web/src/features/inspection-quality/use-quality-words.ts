import type { InspectionQuality, MaskedInspector } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import type { QualityPart } from './quality-view.ts'

/** The page in one sentence for each part, and how people are named on it. */
export function useQualityWords() {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  function person({ isMe, name, number }: MaskedInspector): string {
    const shown = number === null ? name : t('inspectionQuality.person', { name, number })
    return isMe ? t('inspectionQuality.me', { name: shown }) : shown
  }

  function coverage({ coverage: found }: InspectionQuality): string {
    const { burdenedUnits, checkedUnits, dueUnits, rows } = found
    if (rows.length === 0) return t('inspectionQuality.headline.nobodyBelow')
    const parts = [
      ...(dueUnits > 0 ? [t('inspectionQuality.headline.due', { n: dueUnits })] : []),
      ...(burdenedUnits > 0 ? [t('inspectionQuality.headline.burdened', { n: burdenedUnits })] : []),
    ]
    const hasRules = rows.some(({ month, night, within }) => within !== null || month !== null || night !== null)
    if (!hasRules) return t('inspectionQuality.headline.noRules', { units: rows.length, checked: checkedUnits })
    const rest = parts.length === 0 ? t('inspectionQuality.headline.inRules') : f.list(parts)
    return t('inspectionQuality.headline.coverage', { units: rows.length, checked: checkedUnits, rest })
  }

  function load({ load: found }: InspectionQuality): string {
    if (found.checks.whole === 0) return t('inspectionQuality.headline.noLoad')
    return t('inspectionQuality.headline.load', {
      people: found.rows.length,
      whole: found.checks.whole,
      moved: f.rate(found.checks),
    })
  }

  function agreement({ agreement: found }: InspectionQuality): string {
    const { items, pairs } = found
    if (pairs === 0) return t('inspectionQuality.headline.noPairs')
    const count = (word: string) => items.filter((item) => item.word === word).length
    return t('inspectionQuality.headline.agreement', {
      pairs,
      items: items.length,
      agrees: count('agrees'),
      disagrees: count('disagrees'),
    })
  }

  function leniency({ leniency: found }: InspectionQuality): string {
    const { rows, tested } = found
    const count = (word: string) => rows.filter((row) => row.word === word).length
    if (tested === 0) return t('inspectionQuality.headline.noTested')
    const [lenient, strict] = [count('lenient'), count('strict')]
    if (lenient + strict === 0) return t('inspectionQuality.headline.noneFlagged', { n: tested })
    return t('inspectionQuality.headline.leniency', { n: tested, lenient, strict })
  }

  function upper({ upper: offices }: InspectionQuality): string {
    const pairs = offices.reduce((sum, office) => sum + office.pairs, 0)
    if (pairs === 0) return t('inspectionQuality.headline.noUpper')
    const whole = offices.reduce((sum, { missed }) => sum + missed.whole, 0)
    const part = offices.reduce((sum, { missed }) => sum + missed.part, 0)
    return t('inspectionQuality.headline.upper', { pairs, whole, part })
  }

  const headlines = { coverage, load, agreement, leniency, upper } as const
  return { person, headline: (part: QualityPart, quality: InspectionQuality) => headlines[part](quality) }
}
