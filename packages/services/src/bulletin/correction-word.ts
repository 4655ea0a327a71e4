import { writeQuarter } from '@zhidu/contract'
import type { WordCell, WordDocument } from '@zhidu/documents'
import type { BulletinDocument, BulletinUnit } from '@zhidu/domain'
import { listCorrections } from './correction-text.ts'
import { DRAFT_WORDS } from './draft-words.ts'
import type { LoadedFacts } from './load-bulletin-facts.ts'
import { toTextWord } from './to-word.ts'

const WIDTHS = [44, 17, 17, 17, 17, 22, 22] as const

function toCells(unit: BulletinUnit | null): readonly [score: string, rank: string, reports: string] {
  if (unit === null) return ['—', '—', '—']
  const { rank, summary } = unit
  const { timeliness } = summary
  return [
    summary.score === null ? '未测量' : String(summary.score / 100),
    rank === null ? '—' : String(rank),
    timeliness.owed === 0 ? '—' : `${timeliness.onTime}/${timeliness.owed}`,
  ]
}

/** 更正通报 as a Word file, with every unit whose result changed. `before`: the version that was told. */
export function toCorrectionWord(document: BulletinDocument, before: LoadedFacts, after: LoadedFacts): WordDocument {
  const units = listCorrections(before.facts, after.facts)
  const rows = units.map(({ after: is, before: was, name }): WordCell[] => {
    const [oldScore, oldRank, oldReports] = toCells(was)
    const [score, rank, reports] = toCells(is)
    const values = [oldScore, score, oldRank, rank, oldReports, reports]
    return [{ text: name, align: 'left' }, ...values.map((text): WordCell => ({ text }))]
  })
  const header: WordCell[][] = [
    [
      { text: '单位', rowSpan: 2 },
      ...['得分', '名次', '首报按时/应报'].map((text): WordCell => ({ text, colSpan: 2 })),
    ],
    ['更正前', '更正后', '更正前', '更正后', '更正前', '更正后'].map((text) => ({ text })),
  ]
  const word = toTextWord(document, after, null)
  if (rows.length === 0) return word
  return {
    ...word,
    sections: [
      ...word.sections,
      {
        paper: 'a4',
        blocks: [
          { kind: 'paragraph', style: 'annexMark', runs: [{ text: '附件1' }] },
          { kind: 'paragraph', style: 'title', runs: [{ text: DRAFT_WORDS.correctionAnnex }] },
          { kind: 'paragraph', style: 'small', runs: [{ text: writeQuarter(after.facts.quarter) }], isCentred: true },
          { kind: 'table', widths: WIDTHS, header, rows, size: 10.5, rowHeight: 7 },
        ],
      },
    ],
  }
}
