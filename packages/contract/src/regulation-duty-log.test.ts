import { checkRegulation, type Regulation, SAMPLE_REGULATION } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { toRegulationJson } from './regulation.ts'
import { writeRuleCard } from './regulation-describe.ts'
import { parseRegulationJson } from './regulation-parse.ts'
import { wordRegulationProblem } from './regulation-problem-words.ts'

const SECTION = {
  clause: SAMPLE_REGULATION.clauses[0]?.id ?? '',
  closeWithinHours: 24,
  points: 50,
  max: 500,
  lateEntry: { afterHours: 4, points: 20 },
}
const WITH: Regulation = { ...SAMPLE_REGULATION, dutyLog: SECTION }

describe('the section about duty logs', () => {
  it('is read as it was written, and its absence leaves the document as it was', () => {
    expect(parseRegulationJson(toRegulationJson(WITH)).regulation).toEqual(WITH)
    expect(toRegulationJson(SAMPLE_REGULATION)).not.toContain('dutyLog')
    const ruled = JSON.stringify({ ...WITH, deductions: [{ ...WITH.deductions[0], code: 'log_open' }] })
    expect(parseRegulationJson(ruled).issues?.[0]?.path).toBe('deductions[0].code')
  })

  it('is said in both languages, with its cap and what late entries cost', () => {
    const text = (l: 'zh-CN' | 'en') => JSON.stringify(writeRuleCard(WITH, l).find(({ part }) => part === 'dutyLog'))
    expect(text('zh-CN')).toContain(
      '累计 24 小时没有办结的，每件扣 0.5 分；发生后超过 4 小时才补记的，每件扣 0.2 分；每期合计最多 5 分',
    )
    expect(text('en')).toContain('0.5 for each item that has been open for more than 24 hours')
  })

  it('says what is wrong with it and what would be accepted', () => {
    const wrong: Regulation = { ...WITH, dutyLog: { ...SECTION, closeWithinHours: 0, max: 10 } }
    const said = checkRegulation(wrong).map((problem) => wordRegulationProblem(problem, wrong, 'zh-CN'))
    expect(said[0]).toContain('“办结时限”不能是 0；可填 1 至 8784 小时')
    expect(said.some((line) => line.includes('日志事项逾期未办结') && line.includes('最多扣 0.1 分'))).toBe(true)
    const bare: Regulation = {
      ...WITH,
      dimensions: { ...WITH.dimensions, discipline: { ...WITH.dimensions.discipline, base: 0 } },
    }
    expect(
      checkRegulation(bare).some(({ part, reason }) => part === 'dutyLog' && reason === 'dimension_without_points'),
    ).toBe(true)
  })
})
