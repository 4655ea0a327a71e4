import { expect, it } from 'vitest'
import { diffRegulations } from './diff-regulations.ts'
import { titlesOf } from './dimension-titles.ts'
import { listProvisions, REGULATION_PARTS } from './provisions.ts'
import type { Regulation } from './regulation.ts'
import { BAOJI } from './samples/baoji.ts'
import { SAMPLE_REGULATION } from './samples/sample-regulation.ts'
import { REGULATION_SAMPLES } from './samples/samples.ts'

it('two copies say the same, whatever the order of keys and the day they are in force', () => {
  for (const sample of REGULATION_SAMPLES) {
    const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(sample).reverse()))) as Regulation
    expect(diffRegulations(sample, { ...turned, effectiveFrom: null })).toEqual([])
  }
})

it('sets rules for the same thing against each other, then those of another scope; others came or went', () => {
  const after: Regulation = {
    ...BAOJI,
    deductions: [
      ...BAOJI.deductions
        .filter(({ code }) => code !== 'false')
        .map((rule) => {
          if (rule.code === 'absent') return { ...rule, shape: { kind: 'fixed', points: 2_00 } } as const
          return rule.code === 'written_late' ? { ...rule, levels: ['I' as const] } : rule
        }),
      { ...BAOJI.deductions[0], code: 'no_answer' } as (typeof BAOJI.deductions)[number],
    ],
    groups: ['县区组'],
  }
  const changes = diffRegulations(BAOJI, after)
  expect(changes.map(({ after: now, before, part }) => [part, before?.key ?? null, now?.key ?? null])).toEqual([
    ['deductions', 'absent/*/*/*/*', 'absent/*/*/*/*'],
    ['deductions', 'written_late/*/*/*/*', 'written_late/I/*/*/*'],
    ['deductions', 'false/*/*/*/*', null],
    ['deductions', null, 'no_answer/*/*/*/*'],
    ['groups', 'groups', 'groups'],
  ])
  expect(diffRegulations(after, BAOJI)).toHaveLength(changes.length)
})

/** What no sample says. */
const OPTIONAL: Regulation = {
  ...SAMPLE_REGULATION,
  preReport: { clause: '5', extendsSeconds: 60 },
  understatement: { clause: '5', persons: 1, shortPercent: 10, correctedWithinHours: 24 },
  honestCorrection: { clause: '5', withinHours: 24, sharePercent: 50 },
  lists: { clause: '5', minimumActivity: 5 },
  dutyLog: { clause: '5', closeWithinHours: 24, points: 50, max: null, lateEntry: null },
}

it('has a provision for every part that some sample has', () => {
  const parts = new Set([...REGULATION_SAMPLES, OPTIONAL].flatMap((one) => listProvisions(one).map(({ part }) => part)))
  expect(REGULATION_PARTS.filter((part) => !parts.has(part))).toEqual([])
})

it('takes the names of dimensions from the method that has its own', () => {
  expect(titlesOf(BAOJI.dimensions)).toMatchObject({ timeliness: '信息报告', discipline: '24小时值班' })
  expect(titlesOf(SAMPLE_REGULATION.dimensions)).toEqual({})
})
