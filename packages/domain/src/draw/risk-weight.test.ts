import { expect, it } from 'vitest'
import { proposeRiskWeight } from './risk-weight.ts'

const GOOD = { checkPassed: 1, checkTotal: 2, missing: 0, late: 2, isQuiet: false }

it('proposes one slip, and one more for each thing the quarter before has against a unit', () => {
  expect(proposeRiskWeight(GOOD)).toEqual({ weight: 1, reasons: [] })
  expect(proposeRiskWeight({ ...GOOD, checkPassed: 0 })).toEqual({ weight: 2, reasons: ['failed_checks'] })
  expect(proposeRiskWeight({ ...GOOD, late: 3 })).toEqual({ weight: 2, reasons: ['late_reports'] })
  const all = proposeRiskWeight({ checkPassed: 0, checkTotal: 2, missing: 1, late: 3, isQuiet: true })
  expect(all).toEqual({ weight: 5, reasons: ['failed_checks', 'missing_reports', 'late_reports', 'quiet'] })
})
