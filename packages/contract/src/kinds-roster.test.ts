import { describe, expect, it } from 'vitest'
import type { SourceCell } from './cells.ts'
import type { Kind } from './imports.ts'
import { toExportCell } from './kinds-export.ts'
import { KIND_SHEETS } from './kinds.ts'
import { matchHeader } from './kinds-header.ts'
import { type ParsedRow, parseRow } from './kinds-row.ts'
import { wordIssue } from './messages.ts'

const NOW = Date.parse('2026-11-23T12:00:00+08:00')
const LINE = { 单位编码: 'C01', 线路: '值班室座机', 号码: '（0199）0123456转801' }
const SHIFT = {
  单位编码: 'C01',
  岗位: '带班领导',
  起始时间: '2026-12-24 08:00',
  结束时间: '2026-12-25 08:00',
  姓名: '值班领导甲',
}

function parse(kind: Kind, cells: Readonly<Record<string, SourceCell>>): ParsedRow {
  const { errors, plan } = matchHeader(kind, Object.keys(cells))
  expect(errors).toEqual([])
  return parseRow(kind, plan, Object.values(cells), NOW)
}

/** Column and code of each thing that is wrong, each of which can be worded. */
function problemsOf(kind: Kind, cells: Readonly<Record<string, SourceCell>>): string[] {
  const { errors, warnings } = parse(kind, cells)
  return [...errors, ...warnings].map((issue) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { accepted, reason } = wordIssue(kind, issue, language)
      expect(`${reason}${accepted}`).not.toMatch(/[{}]|undefined/)
      expect(accepted).not.toBe('')
    }
    return `${issue.column ?? '-'} ${issue.code}`
  })
}

describe('a duty line', () => {
  it('has a number that can be called, is in use unless it says otherwise, and may not be forwarded', () => {
    expect(parse('duty_lines', LINE)).toMatchObject({
      values: {
        line: 'duty_room',
        number: '0199-0123456 ext 801',
        forwarding_until: null,
        forwarding_reason: null,
        withdrawn: 'no',
      },
      errors: [],
      warnings: [],
    })
    expect(parse('duty_lines', { ...LINE, 号码: 1_540_000_0001, 停用: true }).values).toMatchObject({
      number: '15400000001',
      withdrawn: 'yes',
    })
  })

  it.each([
    [{ 号码: '值班室' }, ['number phone']],
    [{ 号码: '0199-0123456、0199-0123457' }, ['number phone']],
    [{ 号码: '=1+1' }, ['number formula']],
    [{ 号码: '154****0001' }, ['number phone']],
    [{ 号码: '1'.repeat(10_000) }, ['number phone']],
    [{ 号码: '' }, ['number required']],
    [{ 停用: '也许' }, ['withdrawn word']],
    [{ 呼转备案至: '2026-12-31' }, ['forwarding_reason forwarding_unreasoned']],
    [{ 备案原因: '线路检修' }, ['forwarding_until forwarding_endless']],
    [{ 呼转备案至: '2026-12-31', 备案原因: '线路检修' }, []],
    // The other cell is wrong by itself, and nothing more.
    [{ 呼转备案至: '12月', 备案原因: '线路检修' }, ['forwarding_until date_format']],
  ])('%j: %j', (cells, problems) => {
    expect(problemsOf('duty_lines', { ...LINE, ...cells })).toEqual(problems)
  })

  it('with a number that begins with + survives an export', () => {
    const [, , number] = KIND_SHEETS.duty_lines.columns
    if (number === undefined) throw new RangeError('no column')
    const cell = toExportCell(number, '+999 154 0000 0001')
    const { values } = parse('duty_lines', { ...LINE, 号码: `'${cell}` })
    expect(values['number']).toBe('+999 154 0000 0001')
  })
})

describe('a shift', () => {
  it('is arranged beforehand: nobody is warned of the future', () => {
    expect(parse('rosters', SHIFT)).toMatchObject({
      values: { role: 'leader', post: null, phone: null, withdrawn: 'no' },
      errors: [],
      warnings: [],
    })
  })

  it.each([
    [{ 结束时间: '2026-12-24 08:00' }, ['ends_at shift_empty']],
    [{ 结束时间: '2026-12-24 08:00:01' }, []],
    [{ 结束时间: '2026-12-31 08:00' }, []],
    [{ 结束时间: '2026-12-31 08:00:01' }, ['ends_at shift_too_long']],
    [{ 结束时间: '2026-12-25' }, ['ends_at instant_without_time']],
    [{ 岗位: '门卫' }, ['role word']],
    [{ 姓名: '' }, ['person required']],
    [{ 电话: '不便公开' }, ['phone phone']],
  ])('%j: %j', (cells, problems) => {
    expect(problemsOf('rosters', { ...SHIFT, ...cells })).toEqual(problems)
  })
})
