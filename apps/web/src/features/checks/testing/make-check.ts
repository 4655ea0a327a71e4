import type { CheckRecord } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export function makeCheck(overrides: Partial<CheckRecord> = {}): CheckRecord {
  return {
    checkCode: 'CC-2026-0912-07',
    method: 'phone',
    checkedAt: '2026-09-12T23:10:00+08:00',
    inspectors: ['督查一组', '督查二组'],
    findings: [{ finding: 'not_as_rostered', points: 2 }],
    passed: false,
    note: null,
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    quarter: toQuarter('2026Q3'),
    counts: true,
    ...overrides,
  }
}
