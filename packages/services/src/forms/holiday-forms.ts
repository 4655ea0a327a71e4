import type { WordCell, WordDocument } from '@zhidu/documents'
import { type RosterContent, weekdayOf, type WhereaboutsContent } from '@zhidu/domain'
import { BLANK, paragraph, toForm } from './form-parts.ts'

/** Lines to be filled in. */
const LINES = 12
const WEEKDAYS = '一二三四五六日'

function emptyRows(columns: number): WordCell[][] {
  return Array.from({ length: LINES }, () => Array.from({ length: columns }, (): WordCell => ({ text: '' })))
}

function footOf(content: { readonly filledBy: string; readonly phone: string } | null) {
  const [by, phone] = [content?.filledBy ?? '', content?.phone ?? '']
  return [
    paragraph('plain'),
    paragraph('plain', `填表人：${by === '' ? BLANK : by}　　　联系电话：${phone === '' ? BLANK : phone}`),
  ]
}

/** 10月1日8时 of a local minute; the end of a day is 24时. */
function writeLocal(minute: string | null): string {
  const [, month = '', day = '', hour = '', rest = ''] = /^\d+-(\d+)-(\d+)T(\d+):(\d+)$/.exec(minute ?? '') ?? []
  if (month === '') return '　月　日'
  const clock = hour === '23' && rest === '59' ? '24时' : `${Number(hour)}时${rest === '00' ? '' : `${rest}分`}`
  return `${Number(month)}月${Number(day)}日${clock}`
}

/**
 * 附件1: where the principal leaders are during a holiday. `holiday`: null = written by hand; `content`: null = an empty form.
 * `createdAt`: epoch ms.
 */
export function toWhereaboutsForm(
  holiday: string | null,
  unitName: string,
  createdAt: number,
  content: WhereaboutsContent | null = null,
): WordDocument {
  const rows = content?.rows.map(({ from, name, place, post, to }): WordCell[] => [
    { text: name },
    { text: post },
    { text: `${writeLocal(from)}至${writeLocal(to)}，${place}`, align: 'left' },
  ])
  return toForm('去向表', unitName, createdAt, [
    paragraph('annexMark', '附件1'),
    paragraph('title', '各地、各有关单位主要负责人'),
    paragraph('title', `法定节假日期间去向表（${holiday ?? '　　节'}）`),
    paragraph('plain', `填报单位：${unitName}（盖章）`),
    {
      kind: 'table',
      widths: [32, 44, 80],
      header: [['姓　名', '职　务', '去　向'].map((text) => ({ text }))],
      rows: rows ?? emptyRows(3),
      size: 14,
      rowHeight: 10,
    },
    ...footOf(content),
    paragraph('plain', '注：去向要注明具体时间、地点。'),
  ])
}

function writeDay(row: RosterContent['rows'][number]): string {
  if (row.day === null) return ''
  const [, month, day] = row.day.split('-')
  const weekday = WEEKDAYS[weekdayOf(row.day)] ?? ''
  const hours = row.from === null || row.to === null ? '' : `${row.from}–${row.to}`
  return `${Number(month)}月${Number(day)}日（星期${weekday}）${hours}`
}

/** 附件2: who is on duty during a holiday; the same arguments. */
export function toRosterForm(
  holiday: string | null,
  unitName: string,
  createdAt: number,
  content: RosterContent | null = null,
): WordDocument {
  const rows = content?.rows.map((row): WordCell[] =>
    [writeDay(row), row.leaderName, row.leaderPost, row.leaderPhone, row.officerName, row.officerPhone, row.note].map(
      (text) => ({
        text,
      }),
    ),
  )
  const [dutyPhone, fax] = [content?.dutyPhone || BLANK, content?.fax || BLANK]
  return toForm(
    '值班安排表',
    unitName,
    createdAt,
    [
      paragraph('annexMark', '附件2'),
      paragraph('title', `各地、各有关单位法定节假日期间值班安排表（${holiday ?? '　　节'}）`),
      paragraph('plain', `填报单位：${unitName}（盖章）　　　值班电话：${dutyPhone}　传真：${fax}`),
      ...(content === null ? [] : [paragraph('plain', `每日${content.changesAt}交接班，未注明时段的值满一班。`)]),
      {
        kind: 'table',
        widths: [34, 28, 28, 32, 28, 32, 40],
        header: [
          [
            { text: '日期（星期）', rowSpan: 2 },
            { text: '带班领导', colSpan: 3 },
            { text: '值班人员', colSpan: 2 },
            { text: '备注', rowSpan: 2 },
          ],
          ['姓名', '职务', '电话', '姓名', '电话'].map((text) => ({ text })),
        ],
        rows: rows ?? emptyRows(7),
        size: 12,
        rowHeight: 8,
      },
      ...footOf(content),
    ],
    'a4Landscape',
  )
}
