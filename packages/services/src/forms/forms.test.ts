import type { CheckRecord, ReportContent } from '@zhidu/contract'
import { toWord, type WordDocument } from '@zhidu/documents'
import { all, readWord, textOf } from '@zhidu/documents/testing-word'
import { toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { toCheckSheet, toRectificationNotice } from './check-forms.ts'
import { toEventReport, toSentReport } from './event-report.ts'
import { toRosterForm, toWhereaboutsForm } from './holiday-forms.ts'

async function read(document: WordDocument) {
  const chunks: Buffer[] = []
  for await (const chunk of toWord(document)) chunks.push(chunk)
  const word = await readWord(Buffer.concat(chunks))
  return { ...word, text: all(word.document, 'w:p').map(textOf).join('\n') }
}

const CHECK: CheckRecord = {
  checkCode: 'KC1',
  unitCode: 'D01',
  unitName: '市第1局',
  quarter: toQuarter('2026Q3'),
  counts: true,
  method: 'phone',
  checkedAt: '2026-08-09T22:05:00+08:00',
  inspectors: ['张*'],
  findings: [
    { finding: 'absent', points: 5 },
    { finding: 'log_missing', points: 1 },
  ],
  passed: false,
  note: '无人应答',
}

describe('the official forms', () => {
  it('notify a unit of what a check found, with room for the deadline', async () => {
    const { sections, text } = await read(toRectificationNotice(CHECK, '市总值班室', '考核办法'))
    expect(text).toContain('市第1局：')
    expect(text).toContain('2026年8月9日22时05分，市总值班室以电话')
    expect(text).toContain('1. 脱岗：')
    expect(text).toContain('2. 未按规定记录：')
    expect(text).toContain('个工作日内')
    expect(sections).toHaveLength(1)
    expect(() => toRectificationNotice({ ...CHECK, findings: [] }, '市总值班室', '考核办法')).toThrow(RangeError)
  })

  it('record a check, or are empty to be taken along', async () => {
    const filled = await read(toCheckSheet(CHECK, '市总值班室', 0))
    const marks = filled.text.split('\n').filter((line) => line === '☑')
    expect(marks).toHaveLength(9)
    expect(filled.text).toContain('不合格')
    const empty = await read(toCheckSheet(null, '市总值班室', 0))
    expect(empty.text).not.toContain('☑')
    expect(empty.text).toContain('□合格　□不合格')
  })

  it('report an event upwards, with who signs it, every element asked for', async () => {
    const { text } = await read(
      toEventReport(
        {
          eventCode: 'E1',
          unitName: '一县',
          category: 'accident',
          level: 'III',
          learnedAt: '2026-08-09T22:05:00+08:00',
          occurredAt: '2026-08-09T21:40:00+08:00',
          reports: [],
        } as unknown as Parameters<typeof toEventReport>[0],
        null,
      ),
    )
    expect(text).toContain('突发事件信息专报')
    expect(text).toContain('签发人：')
    expect(text).toContain('（首报）')
    expect(text).toContain('2026年8月9日21时40分')
    expect(text.split('\n').filter((line) => /^\d+\. /.test(line))).toHaveLength(12)
  })

  it('are the two forms for holidays, with their columns', async () => {
    const whereabouts = await read(toWhereaboutsForm('国庆节', '一县', 0))
    expect(all(whereabouts.tables[0]!, 'w:tr').map((row) => all(row, 'w:tc').length)[0]).toBe(3)
    expect(whereabouts.text).toContain('注：去向要注明具体时间、地点。')
    expect(whereabouts.text).toContain('法定节假日期间去向表（国庆节）')
    const roster = await read(toRosterForm(null, '一县', 0))
    expect(all(roster.sections[0]!, 'w:pgSz')[0]?.attributes['w:orient']).toBe('landscape')
    expect(all(roster.tables[0]!, 'w:tblHeader')).toHaveLength(2)
    expect(roster.text).toContain('带班领导')
  })

  it('report an event as it was sent: number, stage, recipients, who signed, receipt and hash', async () => {
    const content: ReportContent = {
      receipt: {
        receiptCode: '7KM4X-9PWA3',
        eventCode: 'D01-20261120-01',
        unitCode: 'D01',
        unitName: '市第1局',
        stage: 'follow_up',
        sequence: 2,
        version: 2,
        receivedAt: '2026-11-20T10:05:00+08:00',
        writtenAt: '2026-11-20T09:05:00+08:00',
        sha256: 'ab'.repeat(32),
        contentId: '7f3a0000-0000-4000-8000-0000000000cd',
        signer: '王某',
        year: 2026,
        number: 7,
        by: '值班员',
        frozenQuarters: [],
      },
      document: {
        stage: 'follow_up',
        category: 'accident',
        level: 'II',
        occurredAt: '2026-11-20T08:00:00+08:00',
        learnedAt: '2026-11-20T08:05:00+08:00',
        clockSource: '',
        phonedAt: null,
        areaCode: 'D01',
        place: '东街',
        deaths: 3,
        injuries: null,
        missing: 0,
        texts: { trend: '趋稳' },
        recipients: '市政府总值班室',
        signer: '王某',
        contact: '',
      },
      areaName: '市第1局辖区',
      reason: '核实后更正',
      elements: ['learned_time', 'occurred_time', 'place', 'nature', 'casualties', 'trend'],
      acts: [],
    }
    const { text } = await read(toSentReport(content))
    for (const said of [
      '〔2026〕第7期',
      '签发人：王某',
      '情况的报告（续报二，更正稿）',
      '市政府总值班室：',
      '死亡 3 人，失联 0 人',
      '市第1局辖区　东街',
      '更正原因：核实后更正',
      '7KM4X-9PWA3',
      'ab'.repeat(32),
    ]) {
      expect(text).toContain(said)
    }
    // A follow-up does not repeat the first: what it does not say is not asked for.
    expect(text).not.toContain('待核实')
    const first = { ...content, receipt: { ...content.receipt, stage: 'first' as const } }
    expect((await read(toSentReport(first))).text).toContain('起因：待核实，续报')
  })
})
