import type { WordBlock, WordDocument } from '@zhidu/documents'
import { localDateOf, type MeetingItem } from '@zhidu/domain'
import { paragraph } from '../forms/form-parts.ts'
import { SEAL_ROOM, writeDay } from './agenda-words.ts'
import type { LoadedMeeting } from './meeting-store.ts'
import type { LoadedDecision } from './to-decision.ts'

const COLUMNS = [
  { title: '序号', width: 12 },
  { title: '责任单位', width: 44 },
  { title: '议定事项', width: 90 },
  { title: '责任人', width: 28 },
  { title: '时限', width: 32 },
  { title: '报送', width: 40 },
] as const

function textBlock({ kind, text }: MeetingItem): WordBlock {
  return paragraph(kind === 'heading' ? 'heading' : 'indented', text)
}

function correctionBlocks({ steps }: LoadedMeeting): WordBlock[] {
  const corrections = steps.filter(({ kind }) => kind === 'corrected')
  if (corrections.length === 0) return []
  return [
    paragraph('heading', '更正'),
    ...corrections.map(({ at, note }) => paragraph('indented', `${writeDay(localDateOf(at))}更正：${note ?? ''}`)),
  ]
}

function decisionSection(decisions: readonly LoadedDecision[], nameOf: (unitCode: string) => string) {
  const rows = decisions.map(({ row }, at) =>
    [at + 1, nameOf(row.unitCode), row.what, row.owner, writeDay(row.lastDay), row.report].map((value, column) => ({
      text: String(value),
      align: column === 2 || column === 5 ? ('left' as const) : ('center' as const),
    })),
  )
  return {
    paper: 'a4Landscape' as const,
    blocks: [
      paragraph('annexMark', '附件'),
      paragraph('title', '议定事项清单'),
      {
        kind: 'table' as const,
        widths: COLUMNS.map(({ width }) => width),
        header: [COLUMNS.map(({ title }) => ({ text: title }))],
        rows,
        size: 10.5,
        rowHeight: 9,
      },
    ],
  }
}

/** Minutes in the manner of 纪要: number, title, text, corrections, who signed, and what was decided as an annex. */
export function toMinutesWord(
  meeting: LoadedMeeting,
  items: readonly MeetingItem[],
  decisions: readonly LoadedDecision[],
  nameOf: (unitCode: string) => string,
): WordDocument {
  const { minutes, row, state, steps } = meeting
  const signed = steps.find(({ kind }) => kind === 'signed')
  const at = steps.at(-1)?.at ?? minutes?.at ?? row.at
  const title = `${row.title}纪要`
  const draft = state === 'signed' ? [] : [paragraph('mark', '未签发，送审稿')]
  return {
    title,
    author: row.officeName,
    createdAt: at,
    properties: [
      { name: 'ZhiduQuarter', value: row.quarter },
      { name: 'ZhiduVersion', value: row.frozenVersion === null ? '' : String(row.frozenVersion) },
    ],
    sections: [
      {
        paper: 'a4',
        blocks: [
          ...draft,
          { ...paragraph('number', SEAL_ROOM), hasRedRule: true },
          paragraph('plain', ''),
          paragraph('title', title),
          paragraph('plain', ''),
          ...items.map(textBlock),
          ...correctionBlocks(meeting),
          ...(decisions.length === 0 ? [] : [paragraph('plain', ''), paragraph('attachment', '附件：议定事项清单')]),
          paragraph('plain', ''),
          paragraph('signature', row.officeName),
          paragraph('date', writeDay(localDateOf(at))),
          paragraph('copies', `签发：${signed?.byName ?? '　　　　'}`),
        ],
      },
      ...(decisions.length === 0 ? [] : [decisionSection(decisions, nameOf)]),
    ],
  }
}
