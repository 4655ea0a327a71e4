import type { DrawPreparation } from '@zhidu/contract'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../ui/use-format.ts'

type Proposal = NonNullable<DrawPreparation['units'][number]['proposal']>

/** Why more slips are proposed, with the figures of the quarter before. */
export function useRiskWords(): (quarter: string, proposal: Proposal) => string {
  const { t } = useI18n({ useScope: 'global' })
  const f = useFormat()
  return (quarter, { checkFailed, checkTotal, late, missing, reasons }) => {
    const figures = { failed: checkFailed, total: checkTotal, late, missing }
    const parts = reasons.map((reason) => t(`draws.risk.${reason}`, figures))
    return t('draws.risk.since', { quarter: f.quarter(quarter), reasons: f.list(parts) })
  }
}
