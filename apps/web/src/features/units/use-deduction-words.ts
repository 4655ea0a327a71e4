import type { UnitDeduction } from '@zhidu/contract'
import { ELEMENTS, SECOND_MS } from '@zhidu/domain'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'
import { filingLimit } from './unit-words.ts'

export interface DeductionWords {
  /** 书面首报迟 2 小时 31 分 */
  reason(deduction: UnitDeduction): string
  /** 事故灾难，Ⅳ级 */
  detail(deduction: UnitDeduction): string
}

/** A deduction in words: what was at fault, and what it was about. */
export function useDeductionWords(): DeductionWords {
  const { t } = useI18n()
  const f = useFormat()

  function reason(deduction: UnitDeduction): string {
    const { code, evidence } = deduction
    switch (evidence.kind) {
      case 'event':
        if (code === 'element_missing') {
          return [0, ELEMENTS.length].includes(evidence.missingElements.length)
            ? t('units.reason.element_none', { n: ELEMENTS.length })
            : t('units.reason.element_missing', {
                list: f.list(evidence.missingElements.map((key) => t(`words.element.${key}`))),
              })
        }
        if (code === 'follow_up_missed') return t('units.reason.follow_up_missed', { at: f.dayClock(deduction.at) })
        return t(`units.reason.${code}`, { span: f.duration(evidence.lateSeconds ?? 0) })
      case 'check':
        return t(`words.finding.${evidence.finding}`)
      case 'misreport':
        return t('units.reason.misreport', { kind: t(`words.misreport.${evidence.misreportKind}`) })
      case 'filing': {
        const form = t(`words.form.${evidence.form}`)
        if (evidence.receivedAt === null || code === 'filing_missing') return t('units.reason.filing_missing', { form })
        const late = (Date.parse(evidence.receivedAt) - filingLimit(evidence.dueOn)) / SECOND_MS
        return t('units.reason.filing_late', { form, span: f.duration(late) })
      }
      case 'log': {
        const late = (Date.parse(evidence.writtenAt) - Date.parse(evidence.receivedAt)) / SECOND_MS
        return code === 'log_late' ? t('units.reason.log_late', { span: f.duration(late) }) : t('units.reason.log_open')
      }
    }
  }

  function detail(deduction: UnitDeduction): string {
    const { evidence } = deduction
    switch (evidence.kind) {
      case 'event':
        return t('units.detail.event', {
          category: t(`words.category.${evidence.category}`),
          level: t(`words.level.${evidence.level}`),
        })
      case 'check':
        return t('units.detail.check', { method: t(`words.method.${evidence.method}`) })
      case 'misreport':
        return evidence.eventCode === null ? '' : t('units.detail.misreport', { event: evidence.eventCode })
      case 'filing':
        return evidence.receivedAt === null
          ? t('units.detail.filingNever')
          : t('units.detail.filingReceived', { at: f.dayClock(evidence.receivedAt) })
      case 'log':
        return evidence.closedAt === null
          ? t('units.detail.logOpen')
          : t('units.detail.logClosed', { at: f.dayClock(evidence.closedAt) })
    }
  }

  return { reason, detail }
}
