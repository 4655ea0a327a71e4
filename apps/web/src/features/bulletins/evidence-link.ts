import { parseFigureKey, type Quarter } from '@zhidu/domain'
import type { RouteLocationRaw } from 'vue-router'

type Query = Readonly<Record<string, string>>

const FILING_METRICS = /^(filings|count\.filing)/
const CHECK_METRICS =
  /^(checks|count\.(absent|call_forwarded|no_answer|invalid_number|leader_unreachable|not_as_rostered|unfamiliar|log_missing|equipment_missing)$)/
const OUTCOMES: Query = { late: 'late', missing: 'missing', onTime: 'on_time' }

/** Where the rows behind a figure are to be seen; null = nothing of it is a list. */
export function evidenceOf(key: string, quarter: Quarter): RouteLocationRaw | null {
  const parsed = parseFigureKey(key)
  if (parsed === null) return null
  const { metric, scope } = parsed
  const unit: Query = scope.kind === 'unit' ? { unitCode: scope.unitCode } : {}
  if (CHECK_METRICS.test(metric)) {
    const finding: Query = metric.startsWith('count.') ? { finding: metric.slice('count.'.length) } : {}
    return { path: '/checks', query: { quarter, ...unit, ...finding } }
  }
  if (FILING_METRICS.test(metric)) return { path: '/obligations', query: { quarter, ...unit, kind: 'filing' } }
  const outcome = OUTCOMES[metric]
  if (outcome !== undefined || metric === 'owed') {
    const query = { quarter, ...unit, kind: 'written', ...(outcome === undefined ? {} : { outcome }) }
    return { path: '/obligations', query }
  }
  if (scope.kind === 'unit') return { path: `/units/${encodeURIComponent(scope.unitCode)}`, query: { quarter } }
  return { path: '/league', query: { quarter, ...(scope.kind === 'group' ? { group: scope.group } : {}) } }
}
