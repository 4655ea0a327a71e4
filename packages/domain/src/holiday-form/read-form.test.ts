import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { readClock, readDay } from './read-day.ts'
import { columnName, type SourceRow } from './read-form.ts'
import { readRoster } from './read-roster.ts'
import { readStay, readWhereabouts } from './read-whereabouts.ts'

const NATIONAL = SAMPLE_HOLIDAYS.find(({ name }) => name === '国庆节')!
/** 元旦 of 2023 began in 2022. */
const NEW_YEAR = {
  ...NATIONAL,
  year: 2023,
  name: '元旦' as const,
  firstDayOff: toPlainDate('2022-12-31'),
  lastDayOff: toPlainDate('2023-01-02'),
}

const rowsOf = (...rows: readonly (readonly string[])[]): SourceRow[] =>
  rows.map((cells, at) => ({ row: at + 1, cells }))
const problemsOf = ({
  problems,
}: {
  problems: readonly { kind: string; row: number | null; column: string | null; value: string | null }[]
}) => problems.map(({ column, kind, row, value }) => [kind, row, column, value].filter((one) => one !== null).join(' '))

describe('a day', () => {
  it.each([
    ['2026年10月1日', '2026-10-01'],
    ['2026-10-01', '2026-10-01'],
    ['2026/10/1', '2026-10-01'],
    ['10月1日', '2026-10-01'],
    ['10.1', '2026-10-01'],
    ['10月7日（星期三）', '2026-10-07'],
    ['１０月３日', '2026-10-03'],
    ['3日', '2026-10-03'],
    ['12号', '2026-10-12'],
  ])('written %s is %s', (text, day) => {
    expect(readDay(text, NATIONAL)).toEqual({ day, problem: null })
  })

  it('of a block over the turn of the year has the year it lies in', () => {
    expect(readDay('12月31日', NEW_YEAR).day).toBe('2022-12-31')
    expect(readDay('1月2日', NEW_YEAR).day).toBe('2023-01-02')
    expect(readDay('2日', NEW_YEAR).day).toBe('2023-01-02')
    expect(readDay('3月5日', NEW_YEAR).day).toBe('2022-03-05')
    expect(readDay('周日', NEW_YEAR)).toEqual({ day: '2023-01-01', problem: null })
    expect(readDay('星期天', NEW_YEAR).day).toBe('2023-01-01')
  })

  it('that cannot be, or contradicts its weekday, is said', () => {
    expect(readDay('2026年2月30日', NATIONAL)).toEqual({ day: null, problem: 'day_unreadable' })
    expect(readDay('10月32日', NATIONAL).problem).toBe('day_unreadable')
    expect(readDay('44日', NATIONAL).problem).toBe('day_unreadable')
    expect(readDay('待定', NATIONAL)).toEqual({ day: null, problem: 'day_unreadable' })
    expect(readDay('10月1日 周五', NATIONAL)).toEqual({ day: '2026-10-01', problem: 'weekday_differs' })
    expect(readDay('星期四', { ...NATIONAL, lastDayOff: toPlainDate('2026-10-09') }).problem).toBe('day_unreadable')
  })

  it.each([
    ['8时', '08:00'],
    ['8时30分', '08:30'],
    ['8点半', '08:30'],
    ['18:05', '18:05'],
    ['24:00', '23:59'],
    ['25时', null],
    ['8:75', null],
    ['全天', null],
  ])('has the clock %s as %s', (text, clock) => {
    expect(readClock(text)).toBe(clock)
  })
})

const UPPER = ['日期（星期）', '带班领导', '', '', '值班人员', '', '备　注']
const LOWER = ['', '姓　名', '职务', '联系电话', '姓名', '电话', '']

describe('a roster as a table', () => {
  it('is read under two rows of heads, with what stands around it', () => {
    const rows = rowsOf(
      ['附件2'],
      ['各有关单位法定节假日期间值班安排表（国庆节）'],
      ['填报单位：甲县　值班电话：0199-0123456　传真：0199-0123457'],
      UPPER,
      LOWER,
      ['10月1日（星期四）', '甲', '县长', '15400001111', '乙', '15400002222', '备'],
      ['', '', '', '', '丙', '15400003333'],
      ['10月2日', '丁', '副县长', '', '戊', '坏号'],
      ['填表人：己　联系电话：0199-0123400'],
      ['不再读', 'x', 'x', 'x'],
    )
    const { content, problems } = readRoster(rows, NATIONAL)
    expect(content).toMatchObject({
      filledBy: '己',
      phone: '0199-0123400',
      dutyPhone: '0199-0123456',
      fax: '0199-0123457',
    })
    expect(
      content.rows.map(({ day, leaderName, leaderPost, note, officerName, officerPhone }) =>
        [day, leaderName, leaderPost, officerName, officerPhone, note].join(' '),
      ),
    ).toEqual([
      '2026-10-01 甲 县长 乙 15400002222 备',
      '2026-10-01 甲 县长 丙 15400003333 ',
      '2026-10-02 丁 副县长 戊 坏号 ',
    ])
    expect(problemsOf({ problems })).toEqual(['phone_unreadable 8 F 坏号'])
  })

  it('is read under one row of heads, hours and telephones in columns of their own, several people in a cell', () => {
    const heads = [
      '值班日期',
      '开始时间',
      '结束时间',
      '带班领导姓名',
      '领导职务',
      '领导电话',
      '值班员',
      '值班员电话',
      '值班电话',
      '传真',
      '说明',
    ]
    const rows = rowsOf(
      heads,
      [
        '10.1',
        '8时',
        '20时',
        '甲',
        '局长',
        '15400001111',
        '乙、丙',
        '15400002222、15400003333',
        '0199-0123456',
        '0199-0123457',
        '',
      ],
      ['10.2至10.3', '', '', '丁15400004444', '', '', '戊', '', '', '', ''],
      ['10.4', '早', '晚', '', '', '', '', '', '', '', ''],
    )
    const read = readRoster(rows, NATIONAL)
    expect(read.content).toMatchObject({ dutyPhone: '0199-0123456', fax: '0199-0123457' })
    expect(
      read.content.rows.map((row) =>
        [
          row.day,
          row.from ?? '',
          row.to ?? '',
          row.leaderName,
          row.leaderPhone,
          row.officerName,
          row.officerPhone,
        ].join(' '),
      ),
    ).toEqual([
      '2026-10-01 08:00 20:00 甲 15400001111 乙 15400002222',
      '2026-10-01 08:00 20:00 甲 15400001111 丙 15400003333',
      '2026-10-02   丁 15400004444 戊 ',
      '2026-10-03   丁 15400004444 戊 ',
      '2026-10-04      ',
    ])
    expect(problemsOf(read)).toEqual(['name_missing 4', 'hours_unreadable 4 B 早', 'hours_unreadable 4 C 晚'])
  })

  it('without heads is read in the order of the official form, and says so; another holiday and nothing at all are said', () => {
    const bare = readRoster(
      rowsOf(
        ['值班安排表（中秋节）'],
        ['', ''],
        ['10月1日', '甲', '局长', '1', '乙', '15400002222', ''],
        ['', '', '', '', '', '', ''],
      ),
      NATIONAL,
    )
    expect(bare.content.rows).toHaveLength(1)
    expect(problemsOf(bare)).toEqual(['other_holiday 中秋节', 'head_assumed', 'phone_unreadable 3 D 1'])
    expect(problemsOf(readRoster(rowsOf(['一段文字']), NATIONAL))).toEqual(['nothing_read'])
    expect(problemsOf(readRoster(rowsOf(UPPER, LOWER, ['', '', '', '', '', '']), NATIONAL))).toEqual(['nothing_read'])
  })

  it('says which day is missing or cannot be read, and how many rows are too many', () => {
    const read = readRoster(
      rowsOf(
        ['日期', '带班领导'],
        ['', '甲'],
        ['某天', '乙'],
        ['10月1日—3月99日', '丙'],
        ['10月3日至10月1日', '丁'],
        ['10月1日至2日至3日', '戊'],
      ),
      NATIONAL,
    )
    expect(problemsOf(read)).toEqual(['day_missing 2 A', 'day_unreadable 3 A 某天'])
    expect(read.content.rows.map(({ day }) => day)).toEqual([null, null, '2026-10-01', '2026-10-03', '2026-10-01'])
    const many = Array.from({ length: 201 }, () => ['10月1日', '甲'])
    const cut = readRoster(rowsOf(['日期', '带班领导'], ...many), NATIONAL)
    expect(cut.content.rows).toHaveLength(200)
    expect(problemsOf(cut)).toEqual(['rows_cut 201'])
  })

  it('takes no list of something else for a head', () => {
    expect(problemsOf(readRoster(rowsOf(['姓名', '地址'], ['甲', '某地']), NATIONAL))).toEqual(['nothing_read'])
    const odd = readRoster(
      rowsOf(
        ['日期', '带班领导', '', '学历', '值班人员', '职务'],
        ['', '姓名', '', '', '姓名', ''],
        ['10月1日', '甲', '', '本科', '乙', '科员'],
      ),
      NATIONAL,
    )
    expect(odd.content.rows[0]).toMatchObject({ leaderName: '甲', officerName: '乙', leaderPost: '' })
    const noted = readRoster(rowsOf(['', '说明', '带班领导'], ['日期', '', '姓名'], ['10月1日', '', '甲']), NATIONAL)
    expect(noted.content.rows[0]).toMatchObject({ day: '2026-10-01', leaderName: '甲' })
  })
})

describe('whereabouts as a table', () => {
  it('are read out of one cell, a leg a piece', () => {
    const rows = rowsOf(
      ['各有关单位主要负责人法定节假日期间去向表（国庆节）'],
      ['姓　名', '职　务', '去　向'],
      ['张 三', '局长', '10月1日至3日在岗值班；10月4日8时至10月7日下午6时赴外地某市'],
      ['', '', '10月8日，在本地'],
      ['李四', '副局长', '市内'],
      ['', '', ''],
      ['填表人：王五　联系电话：0199-0123400'],
    )
    const read = readWhereabouts(rows, NATIONAL)
    expect(read.content).toMatchObject({ filledBy: '王五', phone: '0199-0123400' })
    expect(
      read.content.rows.map(({ from, name, place, stay, to }) => [name, stay, from ?? '—', to ?? '—', place].join(' ')),
    ).toEqual([
      '张三 on_duty 2026-10-01T00:00 2026-10-03T23:59 在岗值班',
      '张三 away 2026-10-04T08:00 2026-10-07T18:00 赴外地某市',
      '张三 local 2026-10-08T00:00 2026-10-08T23:59 在本地',
      '李四 local — — 市内',
    ])
    expect(problemsOf(read)).toEqual(['time_unreadable 5 C 市内'])
  })

  it('are read out of columns for times and place', () => {
    const heads = ['姓名', '职务', '起始时间', '结束时间', '地点']
    const read = readWhereabouts(
      rowsOf(
        heads,
        ['甲', '局长', '10月1日9:00', '10月2日', '某市'],
        ['乙', '局长', '', '', '某地'],
        ['丙', '', '待定', '', '某处'],
      ),
      NATIONAL,
    )
    expect(read.content.rows.map(({ from, place, to }) => `${from} ${to} ${place}`)).toEqual([
      '2026-10-01T09:00 2026-10-02T23:59 某市',
      'null null 某地',
      'null null 某处',
    ])
    const one = readWhereabouts(
      rowsOf(['姓名', '职务', '时间', '去向'], ['甲', '局长', '10月1日至5日期间', '某市']),
      NATIONAL,
    )
    expect(one.content.rows[0]).toMatchObject({ from: '2026-10-01T00:00', to: '2026-10-05T23:59', place: '某市' })
  })

  it('without heads, for another holiday, without a name, too many or none, are said', () => {
    const bare = readWhereabouts(rowsOf(['去向表（春节）'], ['甲', '局长', '10月1日 某市']), NATIONAL)
    expect(problemsOf(bare)).toEqual(['other_holiday 春节', 'head_assumed'])
    expect(bare.content.rows[0]?.place).toBe('某市')
    const nameless = readWhereabouts(
      rowsOf(['姓名', '职务', '去向'], ['', '局长', '10月1日 25时 某市'], ['', '', '']),
      NATIONAL,
    )
    expect(problemsOf(nameless)).toEqual(['name_missing 2 A'])
    expect(problemsOf(readWhereabouts(rowsOf(['一段文字']), NATIONAL))).toEqual(['nothing_read'])
    const many = Array.from({ length: 201 }, () => ['甲', '局长', '10月1日 某市'])
    expect(problemsOf(readWhereabouts(rowsOf(['姓名', '职务', '去向'], ...many), NATIONAL))).toEqual(['rows_cut 201'])
    const silent = readWhereabouts(rowsOf(['姓名', '职务', '去向'], ['甲', '局长', '']), NATIONAL)
    expect(problemsOf(silent)).toEqual(['time_unreadable 2 C'])
  })

  it('tell duty, town and away apart by the words used', () => {
    expect(['在岗带班', '在家', '赴省城'].map(readStay)).toEqual(['on_duty', 'local', 'away'])
  })
})

it('names columns as a spreadsheet does', () => {
  expect([0, 25, 26, 51, 52].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA'])
})

it('reads what is half there: a list of officers alone, a span without a start, an end alone', () => {
  const alone = readRoster(rowsOf(['日期', '值班员'], ['某天至10月2日', '甲']), NATIONAL)
  expect(problemsOf(alone)).toEqual([])
  expect(alone.content.rows[0]).toMatchObject({ day: '2026-10-02', officerName: '甲', leaderName: '' })
  expect(problemsOf(readRoster(rowsOf(['日期', '备注'], ['10月1日', '甲']), NATIONAL))).toEqual(['nothing_read'])
  const ends = readWhereabouts(
    rowsOf(['姓名', '地点', '返回时间'], ['甲', '某市', '10月2日18时'], ['乙', '某县 10月3日', '']),
    NATIONAL,
  )
  expect(ends.content.rows.map(({ from, place, to }) => `${from} ${to} ${place}`)).toEqual([
    '2026-10-02T18:00 2026-10-02T23:59 某市',
    '2026-10-03T00:00 2026-10-03T23:59 某县',
  ])
})
