import { describe, expect, it } from 'vitest'
import { initialsOf } from '../../ui/initials.ts'
import { groupUnits } from './filter-units.ts'
import { makeUnit } from './testing/make-unit-page.ts'

describe('groupUnits', () => {
  const units = [
    makeUnit({ unitCode: 'C01', name: '锦溪县', shortName: null, peerGroup: '县区组' }),
    makeUnit(),
    makeUnit({ unitCode: 'C02', name: '安西区', shortName: null, peerGroup: '县区组' }),
  ]

  it('keeps the official order within a group and the groups in order of first appearance', () => {
    expect(
      groupUnits(units, '', null).map(({ group, units: members }) => [group, members.map((unit) => unit.unitCode)]),
    ).toEqual([
      ['县区组', ['C01', 'C02']],
      ['市直组', ['D13']],
    ])
  })

  it('drops groups without a match and keeps the size of the others', () => {
    expect(groupUnits(units, '安西', null)).toMatchObject([{ group: '县区组', total: 2, units: [{ unitCode: 'C02' }] }])
  })

  it('finds a unit by the initials of its short name once they are known', () => {
    expect(groupUnits(units, 'zjj', initialsOf)).toMatchObject([{ group: '市直组', total: 1 }])
    expect(groupUnits(units, 'zjj', null)).toEqual([])
  })
})
