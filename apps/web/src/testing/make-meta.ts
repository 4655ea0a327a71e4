import type { Meta } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export function makeMeta(overrides: Partial<Meta> = {}): Meta {
  return {
    installation: { unitCode: 'A00', name: '岭安市人民政府办公室' },
    quarters: ['2026Q4', '2026Q3', '2026Q2'].map(toQuarter),
    currentQuarter: toQuarter('2026Q4'),
    defaultQuarter: toQuarter('2026Q3'),
    provenance: {
      asOf: '2026-10-08T23:59:59+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' },
      methodVersion: '1.0',
      isSynthetic: true,
    },
    base: { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 },
    now: '2026-10-08T23:59:59+08:00',
    version: '0.1.0',
    ...overrides,
  }
}
