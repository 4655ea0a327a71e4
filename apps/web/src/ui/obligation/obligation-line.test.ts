import { expect, it } from 'vitest'
import { buildObligationLine, layoutObligationLine } from './obligation-line.ts'
import { makeObligationTimeline } from './testing/make-obligation.ts'

const at = (clock: string): number => Date.parse(`2026-08-17T${clock}+08:00`)

it('draws what the rules gave, what was added, and what went over, each once', () => {
  const { dueAt: _, ...timeline } = makeObligationTimeline()
  const line = buildObligationLine({ ...timeline, dueAt: '2026-08-17T16:15:00+08:00' })
  expect(line).toMatchObject({
    window: { from: at('14:05:00'), to: at('16:05:00') },
    added: { from: at('16:05:00'), to: at('16:15:00') },
    over: { from: at('16:15:00'), to: at('16:22:00') },
  })
  expect(line.marks.map(({ kind }) => kind)).toEqual([
    'arises',
    'pre_reported',
    'due',
    'reopened',
    'until',
    'met',
    'grace',
  ])
  expect(line.marks.filter(({ isLate }) => isLate).map(({ kind }) => kind)).toEqual(['met'])
})

it('runs to the moment asked about while nothing came, and over nothing while it may still come', () => {
  const open = { metAt: null, lateSeconds: null, milestones: [] }
  const missing = makeObligationTimeline({ ...open, outcome: 'missing', secondsLeft: -600 })
  expect(buildObligationLine(missing)).toMatchObject({
    over: { from: at('16:05:00'), to: at('16:15:00') },
    marks: [{ kind: 'now', at: at('16:15:00') }],
  })
  const waiting = makeObligationTimeline({ ...open, outcome: 'not_yet_due', secondsLeft: 600 })
  expect(buildObligationLine(waiting)).toMatchObject({ added: null, over: null, marks: [{ at: at('15:55:00') }] })
})

it('keeps every label inside its width, one over no other, and breaks the axis before what lies far off', () => {
  const line = buildObligationLine(makeObligationTimeline())
  const text = { time: '2026-08-17 14:05', name: '应报' }
  const { breaks, height, marks } = layoutObligationLine(line, 680, () => text)
  expect(breaks).toHaveLength(1)
  const boxes = marks.map(({ labelX, labelY }) => ({ left: labelX, right: labelX + 130, top: labelY }))
  for (const [index, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect(box.right).toBeLessThanOrEqual(680)
    expect(box.top + 42).toBeLessThanOrEqual(height)
    for (const other of boxes.slice(index + 1)) {
      expect(box.top !== other.top || box.right <= other.left || other.right <= box.left).toBe(true)
    }
  }
})
