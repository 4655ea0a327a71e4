import { describe, expect, it } from 'vitest'
import { groupUnits, initialsOf, matchesUnit } from './filter-units.ts'
import { makeUnit } from './testing/make-unit-page.ts'

describe('initialsOf', () => {
  it('takes the first letter of each character', () => {
    expect(initialsOf('市住房城乡建设局')).toBe('szfcxjsj')
  })
})

describe('matchesUnit', () => {
  it.each(['住房', 'D13', 'd13', 'zfcx', 'zjj', ' 住建 ', ''])('finds a unit by %j', (text) => {
    expect(matchesUnit(makeUnit(), text)).toBe(true)
  })

  it('does not find what is not there', () => {
    expect(matchesUnit(makeUnit(), '林业')).toBe(false)
  })
})

describe('groupUnits', () => {
  const units = [
    makeUnit({ unitCode: 'C01', name: '锦溪县', shortName: null, peerGroup: '县区组' }),
    makeUnit(),
    makeUnit({ unitCode: 'C02', name: '安西区', shortName: null, peerGroup: '县区组' }),
  ]

  it('keeps the official order within a group and the groups in order of first appearance', () => {
    expect(groupUnits(units, '').map(({ group, units: members }) => [group, members.map((unit) => unit.unitCode)])).toEqual([
      ['县区组', ['C01', 'C02']],
      ['市直组', ['D13']],
    ])
  })

  it('drops groups without a match and keeps the size of the others', () => {
    expect(groupUnits(units, '安西')).toMatchObject([{ group: '县区组', total: 2, units: [{ unitCode: 'C02' }] }])
  })
})
