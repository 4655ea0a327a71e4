import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeCellText, type SourceCell, unescapeCellText } from './cells.ts'
import { KINDS, type Kind } from './imports.ts'
import { KIND_SHEETS } from './kinds.ts'
import { toExportCell } from './kinds-export.ts'
import { isExampleRow, matchHeader } from './kinds-header.ts'
import { parseRow } from './kinds-row.ts'
import { describeType, wordIssue } from './messages.ts'

const NOW = Date.parse('2026-11-23T12:00:00+08:00')
const at = (text: string): number => Date.parse(text)

function parse(kind: Kind, cells: Readonly<Record<string, SourceCell>>) {
  const header = matchHeader(kind, Object.keys(cells))
  expect(header.errors.filter(({ code }) => code !== 'column_missing')).toEqual([])
  return parseRow(kind, header.plan, Object.values(cells), NOW)
}

const REPORT: Readonly<Record<string, SourceCell>> = {
  event_code: 'E1',
  unit_code: 'C01',
  stage: 'first',
  category: 'accident',
  level: 'IV',
  occurred_at: '2026-07-03 14:00',
  learned_at: '2026-07-03 14:05',
}

/** Codes of what is wrong with one cell of an otherwise good report. */
function problems(column: string, cell: SourceCell): string[] {
  return parse('reports', { ...REPORT, [column]: cell }).errors.map((issue) => `${issue.column ?? ''}:${issue.code}`)
}

function instantOf(cell: SourceCell): unknown {
  return parse('reports', { ...REPORT, written_at: cell }).values['written_at']
}

describe('an instant', () => {
  it.each([
    ['2026-07-03 14:05', '2026-07-03T14:05:00+08:00'],
    ['2026-07-03 14:05:30', '2026-07-03T14:05:30+08:00'],
    ['2026-07-03 14:05:30.999', '2026-07-03T14:05:30+08:00'],
    ['2026-07-03T14:05:30', '2026-07-03T14:05:30+08:00'],
    ['2026-07-03T06:05:30.5Z', '2026-07-03T14:05:30+08:00'],
    ['2026-07-03T23:05+0900', '2026-07-03T22:05:00+08:00'],
    ['2026/7/3 14:05', '2026-07-03T14:05:00+08:00'],
    ['2026年7月3日 14:05', '2026-07-03T14:05:00+08:00'],
    ['　２０２６－０７－０３　１４：０５ ', '2026-07-03T14:05:00+08:00'],
  ])('%s is %s', (text, iso) => {
    expect(instantOf(text)).toBe(at(iso))
  })

  it('is rounded to the nearest second when it is a real spreadsheet date', () => {
    const wall = Date.UTC(2026, 6, 3, 14, 5, 30)
    expect(instantOf({ wallClock: wall + 499 })).toBe(at('2026-07-03T14:05:30+08:00'))
    expect(instantOf({ wallClock: wall - 500 })).toBe(at('2026-07-03T14:05:30+08:00'))
    expect(instantOf({ wallClock: wall + 500 })).toBe(at('2026-07-03T14:05:31+08:00'))
  })

  it.each([
    ['2026-02-29 10:00', 'instant_unreal'],
    ['2026-07-03 24:00', 'instant_unreal'],
    ['2026-07-03 10:60', 'instant_unreal'],
    ['2026-07-03', 'instant_without_time'],
    ['03/07/2026 10:00', 'instant_format'],
    [46_206.5, 'number_for_date'],
    ['1970-01-01 08:00', 'date_too_early'],
    ['1999-12-31 23:59:59', 'date_too_early'],
    ['2099-01-01 00:00', 'date_too_late'],
    ['=NOW()', 'formula'],
    [{ formula: true }, 'formula'],
    [{ error: '#N/A' }, 'error_value'],
  ] as const)('%s is refused: %s', (cell, code) => {
    expect(problems('written_at', cell)).toEqual([`written_at:${code}`])
  })

  it('is believed up to 366 days ahead, with a warning', () => {
    const ahead = (days: number) =>
      parse('reports', { ...REPORT, written_at: { wallClock: Date.UTC(2026, 10, 23 + days, 23, 59, 59) } })
    expect(ahead(366)).toMatchObject({ errors: [], warnings: [{ column: 'written_at', code: 'in_future' }] })
    expect(ahead(367).errors).toMatchObject([{ code: 'date_too_late' }])
  })
})

describe('a word of an enumeration', () => {
  it.each(['II', 'Ⅱ', '重大', 'Ⅱ重大', 'ii', 'Ⅱ级', 'II级（重大）', ' Ⅱ 重大 '])('%s is level II', (text) => {
    expect(parse('reports', { ...REPORT, level: text }).values['level']).toBe('II')
  })

  it('is refused when it contradicts itself or is no word at all', () => {
    expect(problems('level', 'Ⅱ一般')).toEqual(['level:word'])
    expect(problems('level', '四级')).toEqual(['level:word'])
    expect(problems('stage', '二报')).toEqual(['stage:word'])
  })

  it('is read when a spreadsheet program made a truth value of it', () => {
    const cells = { misreport_code: 'M1', unit_code: 'C01', kind: false, confirmed_on: '2026-07-03', basis: '核实' }
    expect(parse('misreports', cells).values['kind']).toBe('false')
  })
})

it('a list is a set, in either language and with either semicolon, in the order of the contract', () => {
  const { values } = parse('reports', { ...REPORT, elements: '起因；source; 信息来源;;cause' })
  expect(values['elements']).toEqual(['source', 'cause'])
  expect(
    parse('checks', { check_code: 'K', unit_code: 'C', method: '电话', checked_at: '2026-07-03 10:00' }).values[
      'findings'
    ],
  ).toEqual([])
})

describe('a code', () => {
  it.each([
    [123, '123'],
    ['00123', '00123'],
    ['  C01　', 'C01'],
    ["'-01", '-01'],
  ] as const)('%s is kept as %s', (cell, code) => {
    expect(parse('reports', { ...REPORT, unit_code: cell }).values['unit_code']).toBe(code)
  })

  it.each([
    [1e15, 'number_inexact'],
    [{ wallClock: Date.UTC(2026, 0, 3) }, 'date_for_text'],
    ['C\u00001', 'control_character'],
    ['x'.repeat(101), 'too_long'],
    ['   ', 'required'],
    ['=A1', 'formula'],
  ] as const)('%s is refused: %s', (cell, code) => {
    expect(problems('unit_code', cell)).toEqual([`unit_code:${code}`])
  })
})

describe('a report', () => {
  it('is learned after it occurred and reported after it was learned; equal instants are right', () => {
    expect(problems('learned_at', '2026-07-03 13:59:59')).toEqual(['learned_at:before_occurred'])
    expect(problems('learned_at', '2026-07-03 14:00:00')).toEqual([])
    expect(problems('phoned_at', '2026-07-03 14:04:59')).toEqual(['phoned_at:before_learned'])
    expect(problems('written_at', '2026-07-03 14:05:00')).toEqual([])
  })

  it('has a sequence from 1 when it follows up, and 0 or none otherwise', () => {
    const sequence = (stage: string, cell: SourceCell) => parse('reports', { ...REPORT, stage, sequence: cell })
    expect(sequence('follow_up', '2').values['sequence']).toBe(2)
    expect(sequence('follow_up', null).errors).toMatchObject([{ code: 'sequence_missing' }])
    expect(sequence('final', '１').errors).toMatchObject([{ code: 'sequence_not_zero' }])
    expect(sequence('first', '').values['sequence']).toBe(0)
    expect(sequence('first', '1.5').errors).toMatchObject([{ code: 'count' }])
  })

  it('says everything that is wrong with it at once', () => {
    const { errors } = parse('reports', { ...REPORT, event_code: '', level: 'V', learned_at: 'x', elements: 'foo' })
    expect(errors.map(({ column }) => column)).toEqual(['event_code', 'level', 'learned_at', 'elements'])
  })
})

describe('a unit', () => {
  const UNIT = { unit_code: 'C01', name: '甲县', tier: '县（市、区）', peer_group: '县区组', duty_mode: '值班室' }
  it('is valid for at least a day and is not its own parent', () => {
    expect(parse('units', { ...UNIT, valid_from: '2026-01-01', valid_to: '2026-01-01' }).errors).toMatchObject([
      { code: 'interval_empty' },
    ])
    expect(parse('units', { ...UNIT, valid_from: '2026-01-01', valid_to: '2026-01-02' }).errors).toEqual([])
    expect(parse('units', { ...UNIT, parent_code: 'C01' }).errors).toMatchObject([{ code: 'parent_self' }])
  })

  it('may be as old as the state; the zero of computers is no date', () => {
    const from = (text: string) => parse('units', { ...UNIT, valid_from: text }).errors.map(({ code }) => code)
    expect([from('1949-10-01'), from('1949-09-30'), from('1970-01-01'), from('2099-12-31')]).toEqual([
      [],
      ['date_too_early'],
      ['date_too_early'],
      ['date_too_late'],
    ])
    expect(from('2026-07-03 00:00:00')).toEqual([])
    expect(from('2026-07-03 00:00:01')).toEqual(['date_with_time'])
  })
})

it.each([
  ['2026-中秋节', '2026-中秋节'],
  ['２０２６年中秋节', '2026-中秋节'],
])('a holiday %s is %s', (text, holiday) => {
  const { values } = parse('filings', { unit_code: 'C01', holiday: text, form: '去向表' })
  expect(values['holiday']).toBe(holiday)
})

describe('a header', () => {
  const codes = (kind: Kind, cells: readonly SourceCell[]) =>
    matchHeader(kind, cells).errors.map(({ code, column, value }) => [code, column ?? value])

  it('takes keys and Chinese names in any order', () => {
    const cells = ['表格', 'unit_code', '节日', '收到时间']
    expect(matchHeader('filings', cells).plan).toMatchObject([
      { key: 'form' },
      { key: 'unit_code' },
      { key: 'holiday' },
      { key: 'received_at' },
    ])
  })

  it('names every unknown, repeated and missing column', () => {
    expect(codes('filings', ['unit_code', '天气', '单位编码', 'form', '风力'])).toEqual([
      ['column_unknown', '天气'],
      ['column_repeated', 'unit_code'],
      ['column_unknown', '风力'],
      ['column_missing', 'holiday'],
    ])
  })

  it('passes over the reason that a file of refused rows brings back, and nothing else', () => {
    const { plan } = matchHeader('filings', ['unit_code', 'holiday', 'form', '原因', null])
    expect(plan.at(-2)).toBe('passed_over')
    expect(parseRow('filings', plan, ['C01', '2026-中秋节', 'roster', '名字错了', null], NOW).errors).toEqual([])
    expect(parseRow('filings', plan, ['C01', '2026-中秋节', 'roster', '', 'x', 'y'], NOW).errors).toMatchObject([
      { code: 'cell_without_column', value: 'x', params: { place: 'E' } },
      { code: 'cell_without_column', value: 'y', params: { place: 'F' } },
    ])
  })

  it('says what the file looks like when it is of another kind', () => {
    const columns = KIND_SHEETS.checks.columns.map((column) => column.key)
    expect(codes('reports', columns)[0]).toEqual(['file_of_other_kind', null])
  })

  it('knows the example row of a template', () => {
    expect(isExampleRow(['示例（本行不导入）', 'C01'])).toBe(true)
    expect(isExampleRow(['E1', '示例（本行不导入）'])).toBe(false)
  })
})

describe('text in an export', () => {
  it('never begins with what a spreadsheet program computes, and reads back as it was', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', 'x') }),
    )
    fc.assert(
      fc.property(text, (value) => {
        const escaped = escapeCellText(value)
        expect(escaped).not.toMatch(/^[=+\-@\t\r]/)
        expect(unescapeCellText(escaped)).toBe(value)
      }),
    )
  })

  it.each(['keys', 'words'] as const)('in %s is what import reads as the same value', (style) => {
    for (const kind of KINDS) {
      for (const column of KIND_SHEETS[kind].columns) {
        const { value } = column
        if (value.type !== 'enum' && value.type !== 'keys') continue
        for (const key of Object.keys(value.words)) {
          const cell = toExportCell(column, value.type === 'keys' ? [key] : key, style)
          const { values } = parseRow(kind, [column], [cell], NOW)
          expect(values[column.key]).toEqual(value.type === 'keys' ? [key] : key)
        }
      }
    }
  })
})

it('every example of a template is read without complaint, in both languages', () => {
  for (const kind of KINDS) {
    for (const language of ['zh-CN', 'en'] as const) {
      const { columns } = KIND_SHEETS[kind]
      expect(
        parseRow(
          kind,
          columns,
          columns.map((column) => column.example[language]),
          NOW,
        ).errors,
      ).toEqual([])
    }
  }
})

it('every refusal is worded in both languages with what would be accepted, and nothing is left unfilled', () => {
  const issue = { column: 'level', value: '四级', code: 'word', params: {} }
  expect(wordIssue('reports', issue, 'zh-CN')).toEqual({
    reason: '事件级别 四级 无法识别',
    accepted: '可填 I、II、III、IV，或 特别重大、重大、较大、一般',
  })
  expect(wordIssue('reports', issue, 'en').reason).toBe('Level 四级 is not known')
  for (const kind of KINDS) {
    for (const column of KIND_SHEETS[kind].columns) {
      for (const language of ['zh-CN', 'en'] as const)
        expect(describeType(column.value, language)).not.toMatch(/[{}]|undefined/)
    }
  }
})

it('shows a NUL as its picture: it can be neither stored nor seen', () => {
  const { errors } = parse('reports', { ...REPORT, event_code: 'E\u00001' })
  expect(errors).toMatchObject([{ column: 'event_code', value: 'E\u24001', code: 'control_character' }])
})

it('shows no NUL and no half of a sign in what it says of a list either, nor of a column', () => {
  const { errors } = parse('reports', { ...REPORT, elements: `source;a\u0000${'b'.repeat(97)}𠮷` })
  expect(errors).toMatchObject([{ code: 'list_word', params: { item: `a\u2400${'b'.repeat(97)}\ufffd` } }])
  expect(matchHeader('filings', [`x\u0000`]).errors[0]).toMatchObject({ code: 'column_unknown', value: 'x\u2400' })
})
