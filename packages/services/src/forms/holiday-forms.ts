import type { WordCell, WordDocument } from '@zhidu/documents'
import { BLANK, paragraph, toForm } from './form-parts.ts'

/** Lines to be filled in. */
const LINES = 12

function emptyRows(columns: number): WordCell[][] {
  return Array.from({ length: LINES }, () => Array.from({ length: columns }, (): WordCell => ({ text: '' })))
}

const FOOT = [paragraph('plain'), paragraph('plain', `填表人：${BLANK}　　　联系电话：${BLANK}`)] as const

/** 附件1: where the principal leaders are during a holiday. `holiday`: null = written by hand. */
export function toWhereaboutsForm(holiday: string | null, unitName: string, createdAt: number): WordDocument {
  return toForm('去向表', unitName, createdAt, [
    paragraph('annexMark', '附件1'),
    paragraph('title', '各地、各有关单位主要负责人'),
    paragraph('title', `法定节假日期间去向表（${holiday ?? '　　节'}）`),
    paragraph('plain', `填报单位：${unitName}（盖章）`),
    {
      kind: 'table',
      widths: [32, 44, 80],
      header: [['姓　名', '职　务', '去　向'].map((text) => ({ text }))],
      rows: emptyRows(3),
      size: 14,
      rowHeight: 10,
    },
    ...FOOT,
    paragraph('plain', '注：去向要注明具体时间、地点。'),
  ])
}

/** 附件2: who is on duty during a holiday. */
export function toRosterForm(holiday: string | null, unitName: string, createdAt: number): WordDocument {
  return toForm(
    '值班安排表',
    unitName,
    createdAt,
    [
      paragraph('annexMark', '附件2'),
      paragraph('title', `各地、各有关单位法定节假日期间值班安排表（${holiday ?? '　　节'}）`),
      paragraph('plain', `填报单位：${unitName}（盖章）　　　值班电话：${BLANK}传真：${BLANK}`),
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
        rows: emptyRows(7),
        size: 12,
        rowHeight: 8,
      },
      ...FOOT,
    ],
    'a4Landscape',
  )
}
