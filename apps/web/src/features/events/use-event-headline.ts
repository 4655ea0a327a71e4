import type { EventPage } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

/** The page's first sentence: what one unit did, or how many did what. */
export function useEventHeadline(): (page: EventPage) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()

  return ({ judgements }) => {
    const [only] = judgements
    if (only === undefined) return ''
    if (judgements.length > 1) {
      const count = (outcome: string): number => judgements.filter((each) => each.written.outcome === outcome).length
      return t('events.page.headlineMany', {
        n: judgements.length,
        onTime: count('on_time'),
        late: count('late'),
        missing: count('missing'),
        due: count('not_yet_due'),
      })
    }
    const words = { unit: only.unitName, points: f.score(only.lost), span: f.duration(only.written.lateSeconds ?? 0) }
    if (only.standing === 'unit_closed') return t('events.page.headlineClosed', words)
    switch (only.written.outcome) {
      case 'on_time':
        return t('events.page.headlineOnTime', words)
      case 'late':
        return t(only.lost > 0 ? 'events.page.headlineLate' : 'events.page.headlineLateFree', words)
      case 'missing':
        return t(only.lost > 0 ? 'events.page.headlineMissing' : 'events.page.headlineMissingFree', words)
      case 'not_yet_due':
        return t('events.page.headlineNotYetDue', words)
    }
  }
}
