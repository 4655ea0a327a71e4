import { buildStandingHeadline, type Certainty, type StandingView } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { writeStandingHeadline } from './standing-words.ts'

interface Case {
  readonly bands: number | null
  readonly word?: 'cannot_rank' | 'with_care' | 'well'
  readonly ahead?: readonly Certainty[]
  /** From the last unit upwards. */
  readonly behind?: readonly Certainty[]
  readonly first?: string
  readonly last?: string
  readonly count?: number
}

function write(
  { bands, word, ahead = [], behind = [], first, last, count = 31 }: Case,
  language: 'zh-CN' | 'en' = 'zh-CN',
) {
  const codes = Array.from({ length: count }, (_, index) => `U${index}`)
  const standing: StandingView = {
    measuredCount: count,
    rankability: word === undefined ? null : { word },
    bandCount: bands,
    rows: codes.map((unitCode, index) => ({
      unitCode,
      certain: {
        isFirst: index === 0 && first !== undefined,
        isLast: index === count - 1 && last !== undefined,
      },
    })),
    praise: ahead.map((certainty, index) => ({ unitCode: `U${index}`, certainty })),
    criticism: behind.map((certainty, index) => ({ unitCode: `U${count - 1 - index}`, certainty })),
  }
  const headline = buildStandingHeadline(standing)
  return writeStandingHeadline(headline, count, { first: first ?? null, last: last ?? null }, language)
}

describe('the first sentence of a league table', () => {
  it.each<[Case, string]>([
    [
      { bands: 3, word: 'with_care', behind: ['likely', 'likely', 'cannot_tell'] },
      '本季只能分出三档：末尾 2 家多半落后，其余 29 家在档内分不清先后。',
    ],
    [
      { bands: 3, word: 'well', ahead: ['certain'], behind: ['certain', 'certain'], first: '市甲局', last: '市乙局' },
      '本季能分出三档：市甲局列第一，末尾 2 家确定落后，市乙局列末位，其余 28 家在档内分不清先后。',
    ],
    [
      { bands: 12, word: 'with_care', behind: ['cannot_tell', 'likely', 'certain'] },
      '本季只能分出 12 档：末段 3 家中 2 家落后（1 家确定、1 家多半），其余 29 家在档内分不清先后。',
    ],
    [
      { bands: 2, word: 'cannot_rank', behind: ['likely'] },
      '这张表不宜当排名看：本季只能分出两档，末尾 1 家多半落后，其余 30 家在档内分不清先后。',
    ],
    [{ bands: 1, word: 'cannot_rank' }, '这张表不宜当排名看：本季 31 家分不出档，名次先后分不清。'],
    [
      { bands: 2, word: 'with_care', ahead: ['cannot_tell'], behind: ['cannot_tell'] },
      '本季只能分出两档：档内分不清先后，也分不清谁真正领先、谁真正落后。',
    ],
    [{ bands: null, count: 3 }, '本季参加排名 3 家，不足 5 家，不分档，先后分不清。'],
    [
      { bands: null, count: 3, first: '市甲局' },
      '本季参加排名 3 家，不足 5 家，不分档：市甲局列第一，其余分不清先后。',
    ],
  ])('%j', (about, sentence) => {
    expect(write(about)).toBe(sentence)
  })

  it('never says first or last, ahead or behind, where it cannot be told', () => {
    const unsure: Case = { bands: 3, word: 'with_care', ahead: ['cannot_tell'], behind: ['cannot_tell'] }
    expect(write(unsure)).not.toMatch(/第一|末位|末尾|领先，|落后，|确定|多半/)
    expect(write(unsure, 'en')).not.toMatch(/is first|is last|certainly|likely/)
  })

  it('says the same in English', () => {
    expect(write({ bands: 3, word: 'with_care', behind: ['likely', 'likely'] }, 'en')).toBe(
      'Only 3 bands can be told apart this quarter: the last 2 are likely behind, within their bands the other 29 cannot be told apart.',
    )
  })
})
