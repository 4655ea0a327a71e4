import type { QuarterItem, QuarterList } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

const HASH = '284a3532584b'.padEnd(64, '0')

export function makeVersion(version: number): QuarterItem['versions'][number] {
  return {
    version,
    asOf: '2026-10-05T00:00:00+08:00',
    frozenAt: '2026-10-08T10:00:00+08:00',
    frozenBy: '审定甲',
    reason: version === 1 ? null : '申诉成立',
    regulation: { id: 'sample', version: '2026-1' },
    methodVersion: '1.0',
    programVersion: '0.1.0',
    manifestSha256: HASH,
    unitCount: 40,
    factCount: 700,
  }
}

export function makeItem(overrides: Partial<QuarterItem> = {}): QuarterItem {
  return {
    quarter: toQuarter('2026Q3'),
    state: 'ended',
    lastOn: '2026-09-30',
    versions: [],
    since: null,
    obstacle: null,
    ...overrides,
  }
}

export function makeQuarterList(quarters: readonly QuarterItem[]): QuarterList {
  return {
    provenance: {
      asOf: '2026-10-08T10:00:00+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
      methodVersion: '1.0',
      isSynthetic: false,
    },
    quarters: [...quarters],
  }
}
