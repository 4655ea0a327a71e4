import type { WordBlock, WordCell, WordDocument, WordParagraph, WordStyle, WordText } from '@zhidu/documents'

/** Room to write by hand; the standard has no lines under it. */
export const BLANK = '　　　　　　'

export function paragraph(style: WordStyle, ...runs: (string | WordText)[]): WordParagraph {
  return { kind: 'paragraph', style, runs: runs.map((run) => (typeof run === 'string' ? { text: run } : run)) }
}

/** A form of two columns: what is asked, and what is known of it; null = to be filled in by hand. */
export function factTable(rows: readonly (readonly [title: string, value: string | null])[]): WordBlock {
  return {
    kind: 'table',
    widths: [36, 120],
    header: [],
    rows: rows.map(([title, value]): WordCell[] => [
      { text: title, isBold: true },
      { text: value ?? '', align: 'left' },
    ]),
    size: 12,
    rowHeight: 11,
  }
}

/** `createdAt`: epoch ms of what it tells, so that the same facts give the same bytes. */
export function toForm(
  title: string,
  author: string,
  createdAt: number,
  blocks: readonly WordBlock[],
  paper: 'a4' | 'a4Landscape' = 'a4',
): WordDocument {
  return { title, author, createdAt, properties: [], sections: [{ paper, blocks }] }
}

/** 2026年8月9日22时10分 of an ISO instant in +08:00. */
export function writeMinute(instant: string): string {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(instant) ?? []
  return `${year}年${Number(month)}月${Number(day)}日${Number(hour)}时${minute}分`
}
