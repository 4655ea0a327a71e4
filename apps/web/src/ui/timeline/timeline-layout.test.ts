import { describe, expect, it } from 'vitest'
import { layoutFirst, layoutLater } from './timeline-layout.ts'
import { buildFirstTimeline, buildLaterTimeline } from './timeline-model.ts'
import { makeGraveJudgement, makeJudgement } from './testing/make-judgement.ts'

const asOf = Date.parse('2026-10-05T00:00:00+08:00')
const text = () => ({ time: '14:05', name: '书面首报', source: '首报所填' })

describe('layoutFirst', () => {
  it('draws window and overrun end to end, the late report at its end', () => {
    const { bars, marks } = layoutFirst(buildFirstTimeline(makeJudgement(), asOf), 1000, text)
    const [bar] = bars
    const written = marks.find(({ mark }) => mark.kinds.includes('written'))
    expect(bar?.dueX).toBeGreaterThan(bar?.x ?? 0)
    expect(bar?.endX).toBe(written?.x)
  })

  it('keeps every label inside the drawing', () => {
    const { marks } = layoutFirst(buildFirstTimeline(makeGraveJudgement(), asOf), 600, text)
    expect(marks.every(({ labelX }) => labelX >= 0 && labelX <= 600)).toBe(true)
  })
})

describe('layoutLater', () => {
  const label = () => ({ time: '8月2日 08:00', name: '漏报' })
  const later = buildLaterTimeline(makeGraveJudgement(), asOf)!

  it('names the count of elements, the final report and missed slots, and leaves the others to their shape', () => {
    const named = layoutLater(later, 1000, label).marks.filter((mark) => mark.label !== null)
    expect(named.map(({ mark }) => [mark.kind, mark.stage])).toEqual([
      ['judged', null],
      ['slot_missed', null],
      ['report', 'final'],
    ])
  })

  it('only marks missed slots when there are too many to name', () => {
    const slots = Array.from({ length: 12 }, (_, day) => ({
      at: `2026-08-${String(day + 1).padStart(2, '0')}T08:00:00+08:00`,
      metBy: null,
    }))
    const many = buildLaterTimeline(makeGraveJudgement({ slots }), asOf)!
    const named = layoutLater(many, 1000, label).marks.filter((mark) => mark.label !== null)
    expect(named.some(({ mark }) => mark.kind === 'slot_missed')).toBe(false)
  })
})
