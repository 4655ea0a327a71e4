import { expect, it } from 'vitest'
import { gradeBlocks } from './grade-blocks.ts'

const SURE = () => () => 0.99

it('begins no grade where none may begin', () => {
  expect(gradeBlocks(4, 0.25, SURE).starts).toEqual([0, 1, 2, 3])
  expect(gradeBlocks(4, 0.25, SURE, (place) => place === 2).starts).toEqual([0, 2])
  expect(gradeBlocks(4, 0.25, SURE, () => false).starts).toEqual([0])
})
