import { toLocalIso } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { buildGazetteer } from '../place/gazetteer.ts'
import { readLead, readLeadLines } from './read-lead-lines.ts'

const NOW = Date.parse('2026-08-17T15:00:00+08:00')
const GAZETTEER = buildGazetteer(
  [{ unitCode: 'C01', names: ['安东区'], parentCode: 'S', hasArea: true }],
  [{ name: '青石镇', aliases: [], unitCode: 'C01' }],
)
const read = (text: string) => readLead(text, GAZETTEER, NOW)
const timeOf = (text: string): string | null => {
  const { occurredAt } = read(text)
  return occurredAt === null ? null : toLocalIso(occurredAt).slice(0, 16)
}

describe('what is read out of a pasted line', () => {
  it.each([
    ['2026年8月16日14时30分，青石镇', '2026-08-16T14:30'],
    ['8月16日下午2点半起火', '2026-08-16T14:30'],
    ['2026-08-16 09:05 报警', '2026-08-16T09:05'],
    ['昨晚8时许着火', '2026-08-16T20:00'],
    ['今天上午9:20相撞', '2026-08-17T09:20'],
    ['16日凌晨3时', '2026-08-16T03:00'],
    ['12月30日10时', '2025-12-30T10:00'],
    ['今天下午5点', null],
    ['8月45日10时', null],
    ['没有时间', null],
  ])('%s happened %s', (text, expected) => {
    expect(timeOf(text)).toBe(expected)
  })

  it.each([
    ['造成2人死亡、5人受伤', 2, 5],
    ['三死十二伤', 3, 12],
    ['死亡1人，受伤两人', 1, 2],
    ['二十余名学生送医', null, 20],
    ['无人员伤亡', 0, 0],
    ['情况不详', null, null],
  ])('%s: %s dead, %s hurt', (text, deaths, injuries) => {
    expect(read(text)).toMatchObject({ deaths, injuries })
  })

  it('finds the place by its name, else by what is written before it, and the unit where it is one', () => {
    expect(read('安东区青石镇厂房起火')).toMatchObject({ place: '青石镇', unitCode: 'C01', category: 'accident' })
    expect(read('在环城北路附近积水')).toMatchObject({
      place: '环城北路',
      unitCode: null,
      category: 'natural_disaster',
    })
    expect(read('有人打架')).toMatchObject({ place: null, category: 'social_security' })
    expect(read('聚餐后食物中毒')).toMatchObject({ category: 'public_health' })
  })

  it('is one lead a line, without bullets and empty lines', () => {
    const leads = readLeadLines('1. 青石镇起火\n\n（2）工地塌方\r\n- 学校呕吐\n。', GAZETTEER, NOW)
    expect(leads.map(({ text }) => text)).toEqual(['青石镇起火', '工地塌方', '学校呕吐'])
  })
})
