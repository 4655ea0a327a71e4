import { expect, it } from 'vitest'
import { EMPTY_FIGURES, NO_CASUALTIES, toFigures, toFiguresDraft, toInstantText } from './figures-draft.ts'

it('reads a local time as one of +08:00, and nothing else as a time', () => {
  expect(toInstantText('2026-11-20T08:30')).toBe('2026-11-20T08:30:00+08:00')
  expect(toInstantText('2026-11-20T08:30:09')).toBe('2026-11-20T08:30:09+08:00')
  expect(toInstantText('2026-11-20')).toBeNull()
})

it('sends what was typed, nothing where nothing was, and refuses what is no figure or has no time', () => {
  expect(toFigures(EMPTY_FIGURES)).toBeNull()
  const row = { at: '2026-11-20T08:30', deaths: '3', missing: '', injuries: '0' }
  expect(toFigures({ statements: [row], found: { ...NO_CASUALTIES, deaths: '6' } })).toEqual({
    statements: [{ at: '2026-11-20T08:30:00+08:00', stage: null, deaths: 3, missing: null, injuries: 0 }],
    found: { deaths: 6, missing: null, injuries: null },
  })
  expect(toFigures({ statements: [{ ...row, at: '' }], found: NO_CASUALTIES })).toBeUndefined()
  expect(toFigures({ statements: [{ ...row, deaths: '三' }], found: NO_CASUALTIES })).toBeUndefined()
  expect(toFigures({ statements: [], found: { ...NO_CASUALTIES, injuries: '-1' } })).toBeUndefined()
})

it('begins with the times of the reports, and goes on from what was handed in', () => {
  const report = { stage: 'first' as const, sequence: 0, level: 'IV' as const, learnedAt: '2026-11-20T08:00:00+08:00' }
  const draft = toFiguresDraft({
    figures: null,
    reports: [
      { ...report, at: '2026-11-20T08:30:00+08:00' },
      { ...report, at: null },
    ],
  })
  expect(draft.statements).toEqual([{ at: '2026-11-20T08:30:00', ...NO_CASUALTIES }])
  const said = { at: '2026-11-20T08:30:00+08:00', stage: null, deaths: 3, missing: null, injuries: 0 }
  const figures = { statements: [said], found: { deaths: 6, missing: null, injuries: null } }
  expect(toFigures(toFiguresDraft({ figures, reports: [] }))).toEqual(figures)
  expect(toFiguresDraft({ figures: { ...figures, found: null }, reports: [] }).found).toEqual(NO_CASUALTIES)
})
