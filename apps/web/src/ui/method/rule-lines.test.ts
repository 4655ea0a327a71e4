import { SAMPLE_REGULATION } from '@zhidu/domain'
import { expect, it } from 'vitest'
import { listBonusLines, listDeadlines, listRuleLines } from './rule-lines.ts'

it('writes out every kind of deduction of the rules, with its points', () => {
  const lines = listRuleLines(SAMPLE_REGULATION)
  // Elements of a missing event have a line of their own.
  expect(lines).toHaveLength(SAMPLE_REGULATION.deductions.length + 1)
  expect(lines.find((line) => line.key === 'method.rule.written_late')).toMatchObject({ points: 1, most: 5 })
  expect(lines.find((line) => line.key === 'words.misreport.concealed')).toMatchObject({ points: 20, most: null })
  expect(lines.find((line) => line.key === 'method.rule.filing_late')).toMatchObject({ points: 0.5 })
  expect(lines.find((line) => line.key === 'method.rule.follow_up_missed')).toMatchObject({ points: 1, most: 3 })
})

it('lists limits and bonuses as the document has them', () => {
  expect(
    listDeadlines(SAMPLE_REGULATION).map((line) => [line.level, line.phoneSeconds, line.writtenSeconds, line.clock]),
  ).toEqual([
    ['I', 900, 2100, 'occurred_at'],
    ['II', 900, 2100, 'occurred_at'],
    ['III', null, 3600, 'learned_at'],
    ['IV', null, 7200, 'learned_at'],
  ])
  expect(listBonusLines(SAMPLE_REGULATION).map((line) => line.points)).toEqual([5, 4, 3, 1])
})
