import { expect, test } from 'vitest'
import { addTallies, countTests, type VitestReport } from './count-tests.ts'
import { chooseSteps, listSteps } from './steps.ts'

function makeReport(passed: number, failed: number, unloadedFiles = 0): VitestReport {
  return {
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: Array.from({ length: unloadedFiles }, () => ({ status: 'failed', assertionResults: [] })),
  }
}

test('a test file that cannot be loaded counts as one failed', () => {
  expect(countTests(makeReport(7, 2, 1), 1)).toEqual({ passed: 7, failed: 3 })
})

test('a run that ends badly never counts as nothing failed', () => {
  expect(countTests(makeReport(7, 0), 1)).toEqual({ passed: 7, failed: 1 })
  expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  expect(countTests(makeReport(7, 0), 0)).toEqual({ passed: 7, failed: 0 })
})

test('the closing line adds the steps up', () => {
  expect(
    addTallies([
      { passed: 3, failed: 1 },
      { passed: 4, failed: 0 },
    ]),
  ).toEqual({ passed: 7, failed: 1 })
})

test('a developer names the steps and narrows the tests; part of the tests is not asked to cover the whole', () => {
  const [lint, unit] = chooseSteps(listSteps('.'), ['lint,unit', 'packages/domain'])
  expect(lint?.command).not.toContain('packages/domain')
  expect(unit?.command).toContain('packages/domain')
  expect(unit?.command).not.toContain('--coverage')
  expect(() => chooseSteps(listSteps('.'), ['nothing'])).toThrow('no step nothing')
})
