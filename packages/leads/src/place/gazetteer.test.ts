import { describe, expect, it } from 'vitest'
import { bareNameOf, buildGazetteer } from './gazetteer.ts'

const UNITS = [
  { unitCode: 'S', names: ['岭安市'], parentCode: null, hasArea: false },
  { unitCode: 'C1', names: ['安东区', '安东'], parentCode: 'S', hasArea: true },
  { unitCode: 'C2', names: ['棠海市', '棠海'], parentCode: 'S', hasArea: true },
  { unitCode: 'C2T', names: ['白沙镇'], parentCode: 'C2', hasArea: true },
  { unitCode: 'D', names: ['市水利局'], parentCode: 'S', hasArea: false },
]
const PLACES = [
  { name: '青石镇', aliases: ['青石圩'], unitCode: 'C1' },
  { name: '青石桥村', aliases: [], unitCode: 'C2T' },
  { name: '松岗路', aliases: [], unitCode: 'C1' },
  { name: '松岗路', aliases: [], unitCode: 'C2' },
]
const gazetteer = buildGazetteer(UNITS, PLACES)

describe('the gazetteer', () => {
  it('knows a place with and without what kind it is, and by its other names', () => {
    for (const text of ['青石镇一厂房起火', '青石有厂房起火', '在青石圩附近']) {
      expect(gazetteer.find(text)).toEqual({ areas: ['C1'], isUnclear: false, places: ['青石镇'] })
    }
  })

  it('takes the longest name that stands at a letter', () => {
    expect(gazetteer.find('青石桥村口')).toEqual({ areas: ['C2T'], isUnclear: false, places: ['青石桥村'] })
  })

  it('goes by what else is named where a name is that of two places', () => {
    expect(gazetteer.find('松岗路积水')).toEqual({ areas: ['C1', 'C2'], isUnclear: true, places: ['松岗路'] })
    expect(gazetteer.find('棠海市松岗路积水')).toEqual({ areas: ['C2'], isUnclear: false, places: ['松岗路'] })
  })

  it('tells what a text says besides names of places', () => {
    expect(gazetteer.withoutNames('棠海市松岗路积水，青石桥村口也是')).toBe('  积水， 口也是')
    expect(gazetteer.withoutNames('有人落水')).toBe('有人落水')
  })

  it('gives a unit the areas above it, and a bureau none', () => {
    expect(gazetteer.areasOf('C2T')).toEqual(['C2T', 'C2'])
    expect(gazetteer.areasOf('D')).toEqual([])
    expect(gazetteer.areasOf('nobody')).toEqual([])
  })

  it('leaves a name whole where too little would remain', () => {
    expect([bareNameOf('白沙街道办事处'), bareNameOf('江村'), bareNameOf('白沙')]).toEqual(['白沙', '江村', '白沙'])
  })
})
