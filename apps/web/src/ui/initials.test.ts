import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it('gives the first letters that people type for a unit', () => {
  expect([initialsOf('市住房城乡建设局'), initialsOf('住建局'), initialsOf('市12345热线')]).toEqual([
    'szfcxjsj',
    'zjj',
    's12345rx',
  ])
})
