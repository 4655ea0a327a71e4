import { expect, it } from 'vitest'
import { type Hit, mergeHits, pathOfHit } from './search-hits.ts'

const EVENT: Hit = { kind: 'event', code: 'SJ-1/2', label: 'SJ-1/2', unitName: '市水利局' }
const UNIT: Hit = { kind: 'unit', code: 'D13', label: '市住房城乡建设局', unitName: null }

it('puts units found by initials first and names each once', () => {
  const found = mergeHits([{ unitCode: 'D13', name: '市住房城乡建设局', shortName: '住建局' }], [UNIT, EVENT])
  expect(found).toEqual([UNIT, EVENT])
})

it('leads to the page of what was found, whatever its code holds', () => {
  expect([pathOfHit(UNIT), pathOfHit(EVENT)]).toEqual(['/units/D13', '/events/SJ-1%2F2'])
})
