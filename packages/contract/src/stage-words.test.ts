import { expect, it } from 'vitest'
import { toStageWord } from './stage-words.ts'

it('names the reports of an event', () => {
  expect(toStageWord({ stage: 'first', sequence: 0 })).toBe('首报')
  expect(toStageWord({ stage: 'follow_up', sequence: 12 })).toBe('续报十二')
  expect(toStageWord({ stage: 'final', sequence: 0 })).toBe('终报')
})
