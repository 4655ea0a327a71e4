import type { ReportDesk, ReportDocument } from '@zhidu/contract'
import { describe, expect, it } from 'vitest'
import { beginForm, emptyForm, findGap, isLighter, listTooLong, toDocument, toForm, toInstant } from './report-form.ts'

const DOCUMENT: ReportDocument = {
  stage: 'first',
  category: 'accident',
  level: 'III',
  occurredAt: '2026-11-20T08:00:00+08:00',
  learnedAt: '2026-11-20T08:10:30+08:00',
  clockSource: '群众来电',
  phonedAt: null,
  areaCode: 'D01',
  place: '东街',
  deaths: 0,
  injuries: null,
  missing: 2,
  texts: { process: '起火' },
  recipients: '市政府应急办',
  signer: '某人',
  contact: '',
}
const FORM = toForm(DOCUMENT)

describe('a report as it is typed', () => {
  it('is sent as it was, and a nought is not the same as nothing', () => {
    expect(toDocument(FORM)).toEqual(DOCUMENT)
    expect(toDocument({ ...FORM, deaths: '', texts: { process: ' ', trend: '稳' } })).toMatchObject({
      deaths: null,
      texts: { trend: '稳' },
    })
  })

  it('names the first thing that is missing', () => {
    expect(findGap(FORM)).toBeNull()
    expect(findGap(emptyForm('first'))).toBe('category')
    expect(findGap({ ...FORM, level: '' })).toBe('level')
    expect(findGap({ ...FORM, learnedAt: '' })).toBe('learnedAt')
    expect(findGap({ ...FORM, deaths: '三' })).toBe('persons')
    expect(findGap({ ...FORM, signer: ' ' })).toBe('signer')
    expect(findGap({ ...FORM, texts: { process: '长'.repeat(10_001) } })).toBe('texts')
    expect(listTooLong({ texts: { process: '长'.repeat(10_000) } })).toEqual([])
  })

  it('reads times of the minute and the second', () => {
    expect(['2026-11-20T08:30', '2026-11-20T08:30:05', '08:30'].map(toInstant)).toEqual([
      '2026-11-20T08:30:00+08:00',
      '2026-11-20T08:30:05+08:00',
      null,
    ])
  })

  it('begins with what is known: the last report without its words, or the call that was taken', () => {
    // Safe: what a form begins with reads no more of the desk.
    const desk = { unitCode: 'D01', contents: [], calls: [], reports: [] } as unknown as ReportDesk
    expect(beginForm(desk, 'first', null)).toMatchObject({ areaCode: 'D01', level: '' })
    const content = { document: DOCUMENT } as ReportDesk['contents'][number]
    expect(beginForm({ ...desk, contents: [content] }, 'follow_up', null)).toEqual({
      ...FORM,
      stage: 'follow_up',
      texts: {},
    })
    expect(beginForm(desk, 'first', content)).toEqual(FORM)
    const reports = [{ ...DOCUMENT, sequence: 0, writtenAt: null, elements: [] }]
    const calls = [{ place: '西街' }] as ReportDesk['calls']
    expect(beginForm({ ...desk, reports, calls }, 'first', null)).toMatchObject({ level: 'III', place: '西街' })
  })

  it('asks about a level lighter than the published one', () => {
    expect([isLighter('IV', 'III'), isLighter('III', 'III'), isLighter('I', 'III')]).toEqual([true, false, false])
  })
})
