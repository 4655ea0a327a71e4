import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitSummary } from '../league/assessment.ts'
import {
  type BulletinDocument,
  type BulletinParagraph,
  type FieldRun,
  isSameParagraph,
  textOfParagraph,
} from './bulletin-document.ts'
import { checkFields, listPublishProblems, rebindFields, type ResolveFigure } from './check-fields.ts'
import { type BulletinFacts, type BulletinUnit, computeFigure } from './compute-figure.ts'
import { COUNT_METRICS, parseFigureKey, toFigureKey } from './figure-key.ts'
import { type BulletinEdit, mergeEdits } from './merge-edits.ts'

function field(text: string, more: Partial<FieldRun> = {}): FieldRun {
  return { kind: 'field', key: 'all/late', version: 1, text, reason: null, ...more }
}

function paragraph(id: string, ...runs: (string | FieldRun)[]): BulletinParagraph {
  return { id, style: 'body', runs: runs.map((run) => (typeof run === 'string' ? { kind: 'text', text: run } : run)) }
}

function documentOf(...paragraphs: BulletinParagraph[]): BulletinDocument {
  return { version: 1, paragraphs }
}

function replace(one: BulletinParagraph): BulletinEdit {
  return { kind: 'replace', paragraph: one }
}

function textsOf({ paragraphs }: BulletinDocument): string[] {
  return paragraphs.map(textOfParagraph)
}

describe('a paragraph', () => {
  it('is the same when nobody could tell it apart', () => {
    const one = paragraph('a', '迟报', field('3'), '件')
    expect(isSameParagraph(one, { ...one, id: 'b' })).toBe(true)
    for (const other of [
      paragraph('a', '迟报', field('4'), '件'),
      paragraph('a', '迟报', field('3', { key: 'all/missing' }), '件'),
      paragraph('a', '迟报', field('3', { version: 2 }), '件'),
      paragraph('a', '迟报', field('3', { reason: '更正' }), '件'),
      paragraph('a', '迟报', '3', '件'),
      paragraph('a', '迟报', field('3')),
      paragraph('a', '漏报', field('3'), '件'),
      { ...one, style: 'point' as const },
    ]) {
      expect(isSameParagraph(one, other)).toBe(false)
      expect(isSameParagraph(other, one)).toBe(false)
    }
  })
})

describe('edits of two people', () => {
  const base = documentOf(paragraph('a', '甲'), paragraph('b', '乙'), paragraph('c', '丙'))

  it('of different paragraphs are merged', () => {
    const theirs = documentOf(paragraph('a', '甲'), paragraph('b', '乙改'), paragraph('d', '丁'), paragraph('c', '丙'))
    const edits = [
      replace(paragraph('a', '甲改')),
      { kind: 'remove', id: 'c' } as const,
      { kind: 'insert', after: 'b', paragraph: paragraph('e', '戊') } as const,
      { kind: 'insert', after: null, paragraph: paragraph('f', '首') } as const,
    ]
    const { conflicts, document } = mergeEdits(base, theirs, edits)
    expect(conflicts).toEqual([])
    expect(textsOf(document)).toEqual(['首', '甲改', '乙改', '戊', '丁'])
  })

  it('of the same paragraph conflict, and both are told; alike they do not', () => {
    const theirs = documentOf(paragraph('a', '甲他'), paragraph('c', '丙'))
    const mine = paragraph('a', '甲我')
    const { conflicts, document } = mergeEdits(base, theirs, [
      replace(mine),
      replace(paragraph('b', '乙我')),
      replace(paragraph('c', '丙我')),
    ])
    expect(conflicts).toEqual([
      { id: 'a', base: base.paragraphs[0], theirs: theirs.paragraphs[0], mine },
      { id: 'b', base: base.paragraphs[1], theirs: null, mine: paragraph('b', '乙我') },
    ])
    expect(textsOf(document)).toEqual(['甲他', '丙我'])
    const alike = mergeEdits(base, theirs, [replace(paragraph('a', '甲他')), { kind: 'remove', id: 'b' }])
    expect(alike.conflicts).toEqual([])
    const removed = mergeEdits(base, theirs, [{ kind: 'remove', id: 'a' }])
    expect(removed.conflicts).toEqual([{ id: 'a', base: base.paragraphs[0], theirs: theirs.paragraphs[0], mine: null }])
  })

  it('go behind what is left before a paragraph that was removed', () => {
    const insert = { kind: 'insert', after: 'b', paragraph: paragraph('e', '戊') } as const
    expect(
      textsOf(mergeEdits(base, documentOf(paragraph('a', '甲'), paragraph('c', '丙')), [insert]).document),
    ).toEqual(['甲', '戊', '丙'])
    expect(textsOf(mergeEdits(base, documentOf(paragraph('c', '丙')), [insert]).document)).toEqual(['戊', '丙'])
  })

  it('are refused of what is not there, or under an id that is taken', () => {
    const taken: BulletinEdit = { kind: 'insert', after: 'a', paragraph: paragraph('c', '丙二') }
    const nowhere: BulletinEdit = { kind: 'insert', after: 'z', paragraph: paragraph('e', '戊') }
    const theirs = documentOf(...base.paragraphs, paragraph('e', '戊'))
    const later: BulletinEdit = { kind: 'insert', after: 'a', paragraph: paragraph('e', '己') }
    expect(() => mergeEdits(base, base, [replace(paragraph('z', '无'))])).toThrow(RangeError)
    expect(() => mergeEdits(base, base, [taken])).toThrow(RangeError)
    expect(() => mergeEdits(base, base, [nowhere])).toThrow(RangeError)
    expect(() => mergeEdits(base, theirs, [later])).toThrow(RangeError)
  })
})

describe('a key', () => {
  it.each(['all/late', 'group:市直/组/onTimeShare', 'unit:D13/count.absent', 'group:组/standing'])(
    '%s is read and written',
    (text) => {
      const key = parseFigureKey(text)
      expect(key === null ? null : toFigureKey(key)).toBe(text)
    },
  )

  it.each(['late', 'all/nothing', 'group:/late', 'units:D/late', 'unit:/late', 'all/count.nothing', 'other/late'])(
    '%s is none',
    (text) => {
      expect(parseFigureKey(text)).toBeNull()
    },
  )
})

function summary(more: Partial<UnitSummary> = {}): UnitSummary {
  const zero = { timeliness: 0, completeness: 0, truthfulness: 0, discipline: 0, filing: 0 }
  return {
    unitCode: 'D1',
    quarter: toQuarter('2026Q3'),
    isMeasured: true,
    timeliness: { onTime: 8, late: 1, missing: 1, notYetDue: 2, owed: 12 },
    filings: { onTime: 3, late: 1, missing: 0, notYetDue: 0, owed: 4 },
    completeness: { part: 9, whole: 10 },
    checks: { passed: 2, total: 3 },
    lost: zero,
    deductionCount: 0,
    dimensions: zero,
    workload: 0,
    bonus: 0,
    items: null,
    score: 9_000,
    grade: 'excellent',
    isCommendable: true,
    flags: [],
    ...more,
  }
}

const NOTHING = { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 }
const EMPTY = summary({
  unitCode: 'D2',
  timeliness: NOTHING,
  filings: NOTHING,
  completeness: { part: 0, whole: 0 },
  checks: { passed: 0, total: 0 },
  score: null,
})

const UNITS: readonly BulletinUnit[] = [
  {
    unitCode: 'D1',
    name: '一局',
    group: '市直组',
    summary: summary(),
    rank: 1,
    isTied: false,
    previousRank: 2,
    codes: { absent: 2 },
  },
  {
    unitCode: 'D2',
    name: '二局',
    group: '市直组',
    summary: EMPTY,
    rank: null,
    isTied: false,
    previousRank: null,
    codes: {},
  },
  {
    unitCode: 'C1',
    name: '一县',
    group: '县组',
    summary: summary({ unitCode: 'C1', score: 8_001 }),
    rank: 1,
    isTied: false,
    previousRank: 1,
    codes: { absent: 1 },
  },
]
const STANDING = {
  headline: {
    kind: 'few',
    bandCount: 0,
    word: null,
    ahead: null,
    behind: null,
    restCount: 1,
    firstCode: null,
    lastCode: null,
  },
  measuredCount: 2,
  first: null,
  last: null,
} as const
const FACTS: BulletinFacts = {
  quarter: toQuarter('2026Q3'),
  version: 1,
  groups: ['市直组', '县组'],
  units: UNITS,
  previous: [
    {
      unitCode: 'D1',
      group: '市直组',
      summary: {
        timeliness: { onTime: 5, late: 5, missing: 0, notYetDue: 0, owed: 10 },
        checks: { passed: 0, total: 90 },
      },
    },
  ],
  standings: new Map([['县组', STANDING]]),
}

describe('a figure', () => {
  it('counts what the snapshot holds, of all, of a group and of a unit', () => {
    const counts = COUNT_METRICS.map((metric) => computeFigure(FACTS, `unit:D1/${metric}`))
    expect(counts.map((one) => (one?.kind === 'count' ? one.value : null))).toEqual([
      1, 1, 0, 12, 10, 8, 1, 1, 9, 10, 3, 2, 1, 4, 3, 1, 0, 0,
    ])
    const [unit] = FACTS.units
    if (unit === undefined) throw new Error('no unit')
    const appealed = { ...unit, summary: { ...unit.summary, flags: ['under_appeal' as const] } }
    expect(computeFigure({ ...FACTS, units: [appealed] }, 'all/underAppeal')).toEqual({ kind: 'count', value: 1 })
    expect(computeFigure(FACTS, 'all/late')).toEqual({ kind: 'count', value: 2 })
    expect(computeFigure(FACTS, 'all/unmeasured')).toEqual({ kind: 'count', value: 1 })
    expect(computeFigure(FACTS, 'all/ranked')).toEqual({ kind: 'count', value: 2 })
    expect(computeFigure(FACTS, 'group:县组/owed')).toEqual({ kind: 'count', value: 12 })
    expect(computeFigure(FACTS, 'all/count.absent')).toEqual({ kind: 'count', value: 3 })
    expect(computeFigure(FACTS, 'unit:C1/rank')).toEqual({ kind: 'count', value: 1 })
  })

  it('adds shares as counts, and has none of what was not owed', () => {
    expect(computeFigure(FACTS, 'all/onTimeShare')).toEqual({ kind: 'share', ratio: { part: 16, whole: 20 } })
    expect(computeFigure(FACTS, 'all/elementsShare')).toEqual({ kind: 'share', ratio: { part: 18, whole: 20 } })
    expect(computeFigure(FACTS, 'all/checksShare')).toEqual({ kind: 'share', ratio: { part: 4, whole: 6 } })
    expect(computeFigure(FACTS, 'all/filingsShare')).toEqual({ kind: 'share', ratio: { part: 6, whole: 8 } })
    expect(computeFigure(FACTS, 'unit:D2/onTimeShare')).toBeNull()
  })

  it('compares with the frozen quarter before, and says whether it may be chance', () => {
    expect(computeFigure(FACTS, 'all/onTimeChange')).toEqual({
      kind: 'change',
      now: { part: 16, whole: 20 },
      before: { part: 5, whole: 10 },
      isSure: false,
    })
    expect(computeFigure(FACTS, 'unit:D1/checksChange')).toMatchObject({ kind: 'change', isSure: true })
    expect(computeFigure(FACTS, 'group:县组/onTimeChange')).toBeNull()
    expect(computeFigure({ ...FACTS, previous: null }, 'all/onTimeChange')).toBeNull()
  })

  it('is a mean of the measured units, a score, a place, or what may be said of an order', () => {
    expect(computeFigure(FACTS, 'all/meanScore')).toEqual({ kind: 'points', value: 8_501 })
    expect(computeFigure(FACTS, 'unit:D1/score')).toEqual({ kind: 'points', value: 9_000 })
    expect(computeFigure(FACTS, 'group:县组/standing')).toEqual({ kind: 'standing', standing: STANDING })
    for (const none of ['unit:D2/meanScore', 'unit:D2/score', 'unit:D2/rank', 'all/score', 'all/standing'])
      expect(computeFigure(FACTS, none)).toBeNull()
    expect(computeFigure(FACTS, 'group:市直组/standing')).toBeNull()
    expect(computeFigure(FACTS, 'unit:NOBODY/late')).toBeNull()
    expect(() => computeFigure(FACTS, 'nothing')).toThrow(RangeError)
  })
})

describe('checking figures', () => {
  const texts: Readonly<Record<string, string>> = { '1 all/late': '3', '2 all/late': '4', '1 all/missing': '1' }
  const resolve: ResolveFigure = (version, key) => texts[`${version} ${key}`] ?? null

  it('tells what is as it was, changed by hand, stale and gone', () => {
    const document = documentOf(
      paragraph('a', field('3'), field('4'), field('5'), field('9', { key: 'all/owed' })),
      paragraph('b', field('4', { version: 2 }), field('1', { key: 'all/missing' })),
    )
    const { fields } = checkFields(document, 2, resolve)
    expect(fields.map(({ paragraphId, run, state }) => [paragraphId, run, state])).toEqual([
      ['a', 0, 'stale'],
      ['a', 1, 'same'],
      ['a', 2, 'changed'],
      ['a', 3, 'gone'],
      ['b', 0, 'same'],
      ['b', 1, 'stale'],
    ])
    expect(listPublishProblems(checkFields(document, 2, resolve))).toEqual(['stale', 'gone', 'unexplained'])
    const explained = documentOf(paragraph('a', field('5', { reason: '更正' })))
    expect(listPublishProblems(checkFields(explained, 1, resolve))).toEqual([])
  })

  it('finds numbers that nothing stands behind, and takes no date, ordinal or title for one', () => {
    const document = documentOf(
      paragraph('a', '2026年7月1日至9月30日，依据《规则2026-1》和市办〔2026〕3号，第3季度（1）。1. 10个工作日内'),
      paragraph('b', '全市共722件，按时率89.8%，', field('3')),
      { id: 'c', style: 'number', runs: [{ kind: 'text', text: '〔2026〕 12' }] },
    )
    const { loose } = checkFields(document, 1, resolve)
    expect(loose).toEqual([
      { paragraphId: 'b', number: '722', around: '全市共722件，按时率8' },
      { paragraphId: 'b', number: '89.8%', around: '2件，按时率89.8%，' },
    ])
  })

  it('takes figures from a newer version, but leaves what somebody wrote, and what the newer one has not', () => {
    const document = documentOf(
      paragraph('a', '迟报', field('3'), field('5', { reason: '更正' }), field('1', { key: 'all/missing' })),
    )
    const rebound = rebindFields(document, 2, resolve)
    expect(rebound.version).toBe(2)
    expect(rebound.paragraphs[0]?.runs).toEqual([
      { kind: 'text', text: '迟报' },
      field('4', { version: 2 }),
      field('5', { version: 2, reason: '更正' }),
      field('1', { key: 'all/missing' }),
    ])
  })
})
