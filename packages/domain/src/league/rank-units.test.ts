import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import type { MisreportKind } from '../facts/facts.ts'
import type { Grade } from '../regulation/regulation.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeFacts } from '../testing/make-facts.ts'
import { officialOrder } from '../unit/membership.ts'
import { assessUnit } from './assess-unit.ts'
import type { UnitSummary } from './assessment.ts'
import { compareCodePoints } from './code-point-order.ts'
import { gradeOf, vetoesOf } from './grade.ts'
import { rankUnits } from './rank-units.ts'

function summaryOf(unitCode: string, score: number | null): UnitSummary {
  const empty = assessUnit(makeFacts(), {
    quarter: toQuarter('2026Q3'),
    asOf: at('2026-10-01 00:00'),
    regulation: SAMPLE_REGULATION,
    holidays: SAMPLE_HOLIDAYS,
  })
  return { ...empty, unitCode, score }
}

/** `B 1=` per row: unit, rank, `=` when tied. */
function table(units: [string, number | null][], order = ['A', 'B', 'C', 'D', 'E', 'F']): string[] {
  return rankUnits(
    units.map(([code, score]) => summaryOf(code, score)),
    officialOrder(order),
  ).map(({ isTied, rank, summary }) => `${summary.unitCode} ${rank}${isTied ? '=' : ''}`)
}

describe('the table of a group (docs/indicators/rank.md)', () => {
  it('worked example: equal scores share a rank, the next is skipped, units not measured stand last', () => {
    const units: [string, number | null][] = [
      ['F', null],
      ['E', 9000],
      ['D', 9600],
      ['C', 9600],
      ['B', null],
      ['A', 9750],
    ]
    expect(table(units)).toEqual(['A 1', 'C 2=', 'D 2=', 'E 4', 'B null', 'F null'])
  })

  it('lists equal ranks in the official order, also at the top and at the end', () => {
    const units: [string, number | null][] = [
      ['A', 100],
      ['B', 100],
      ['C', 50],
      ['D', 50],
      ['E', 50],
    ]
    expect(table(units, ['E', 'D', 'C', 'B', 'A'])).toEqual(['B 1=', 'A 1=', 'E 3=', 'D 3=', 'C 3='])
  })

  it('ranks a score of 0 before units not measured', () => {
    expect(
      table([
        ['A', null],
        ['B', 0],
      ]),
    ).toEqual(['B 1', 'A null'])
  })

  it('is empty for nobody and refuses a unit without a place', () => {
    expect(table([])).toEqual([])
    expect(() => table([['X', 1]])).toThrow(RangeError)
  })
})

describe('the grade (docs/indicators/score-and-grade.md)', () => {
  it.each([
    [10_000, 'excellent'],
    [9000, 'excellent'],
    [8950, 'good'],
    [8000, 'good'],
    [7950, 'fair'],
    [6000, 'fair'],
    [5950, 'poor'],
    [0, 'poor'],
  ])('of %i hundredths is %s', (points, grade) => {
    expect(gradeOf(points, [], SAMPLE_REGULATION)).toBe(grade)
  })

  it('is poor whatever the points once something was concealed', () => {
    const vetoes = vetoesOf([{ kind: 'concealed' }], SAMPLE_REGULATION)
    expect(gradeOf(10_000, vetoes, SAMPLE_REGULATION)).toBe('poor')
    expect(vetoesOf([{ kind: 'omitted' }], SAMPLE_REGULATION)).toEqual([])
  })

  it('is the worst of what the points and each veto let it be, once there are enough misreports', () => {
    const veto = { clause: '5-G-1', misreports: ['omitted', 'false'], barsCommendation: false } as const
    const vetoes = [
      { ...veto, atLeast: 2, gradeCap: 'fair' },
      { ...veto, atLeast: 1, gradeCap: 'good' },
    ] as const
    const regulation = { ...SAMPLE_REGULATION, vetoes }
    const gradeAfter = (points: number, ...kinds: MisreportKind[]): Grade =>
      gradeOf(
        points,
        vetoesOf(
          kinds.map((kind) => ({ kind })),
          regulation,
        ),
        regulation,
      )
    expect(gradeAfter(95_00, 'false')).toBe('good')
    expect(gradeAfter(95_00, 'false', 'omitted')).toBe('fair')
    expect(gradeAfter(50_00, 'false', 'omitted')).toBe('poor')
  })
})

describe('order by code point', () => {
  it('sorts as the numbers of the characters, beyond U+FFFF too', () => {
    const texts = ['\u{20000}', '\uFF21', '国', 'E10', 'E1', 'e1', 'E2', '']
    expect(texts.sort(compareCodePoints)).toEqual(['', 'E1', 'E10', 'E2', 'e1', '国', '\uFF21', '\u{20000}'])
    expect(compareCodePoints('国庆', '国庆')).toBe(0)
    expect(compareCodePoints('\uFFFF', '\u{10000}')).toBeLessThan(0)
    expect(compareCodePoints('\u{103FE}', '\u{103FF}')).toBeLessThan(0)
  })
})
