import { expect, it } from 'vitest'
import { toMegabytes, toMilliseconds, toRatio, toTextTable } from './print-table.ts'

it('aligns names to the left and figures to the right', () => {
  expect(
    toTextTable(
      ['what', 'ms'],
      [
        ['table', '4'],
        ['a', '1,200'],
      ],
    ),
  ).toBe(['what      ms', '-----  -----', 'table      4', 'a      1,200'].join('\n'))
})

it('writes figures with the digits that mean something', () => {
  expect([toMilliseconds(4.24), toMilliseconds(1_234.5)]).toEqual(['4.2', '1,235'])
  expect([toRatio(1, 250), toRatio(1, 2), toRatio(30, 2)]).toEqual(['0.004', '0.50', '15'])
  expect([toMegabytes(401_400_000), toMegabytes(null)]).toEqual(['401 MB', '–'])
})
