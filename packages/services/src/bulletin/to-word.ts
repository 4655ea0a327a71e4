import { DEDUCTION_WORDS, dimensionName, pointHeadLength, writeQuarter } from '@zhidu/contract'
import {
  textWidthOf,
  type WordBars,
  type WordBlock,
  type WordCell,
  type WordDocument,
  type WordParagraph,
  type WordSection,
  type WordStyle,
  type WordText,
} from '@zhidu/documents'
import {
  type BulletinDocument,
  type BulletinParagraph,
  type BulletinRun,
  computeFigure,
  type ParagraphStyle,
  textOfParagraph,
  titlesOf,
  toFigureKey,
} from '@zhidu/domain'
import { type Annex, listAnnexes } from './annex-list.ts'
import { type AnnexTable, buildAnnexTable, headerSpans, toPaperText } from './annex-table.ts'
import type { FrozenRow, LoadedFacts } from './load-bulletin-facts.ts'
import { figureText } from './resolve-figure.ts'

/** More deductions than this are no annex of a paper: they are in the workbook. */
export const MAX_PAPER_DEDUCTIONS = 2_000

const STYLES: Readonly<Record<ParagraphStyle, WordStyle>> = {
  mark: 'mark',
  number: 'number',
  title: 'title',
  recipients: 'recipients',
  body: 'indented',
  heading: 'heading',
  point: 'indented',
  attachments: 'attachment',
  signature: 'signature',
  date: 'date',
  copies: 'copies',
}

/** pt */
const MOST_MARK = 40
const LEAST_MARK = 22
/** pt between the margins. */
const MARK_ROOM = 440

const EMPTY: WordParagraph = { kind: 'paragraph', style: 'plain', runs: [] }

/** Gives each figure of the document its property. */
class PropertyBook {
  readonly properties: { name: string; value: string }[] = []

  nameOf(value: string): string {
    const name = `ZD${String(this.properties.length + 1).padStart(4, '0')}`
    this.properties.push({ name, value })
    return name
  }
}

function toRuns(runs: readonly BulletinRun[], book: PropertyBook): WordText[] {
  return runs.map((run) =>
    run.kind === 'text' ? { text: run.text } : { text: run.text, property: book.nameOf(run.text) },
  )
}

/** The first sentence of a point is its heading: in 楷体, up to its full stop. */
function toPointRuns({ runs }: BulletinParagraph, book: PropertyBook): WordText[] {
  let left = pointHeadLength(runs)
  return toRuns(runs, book).flatMap((run): WordText[] => {
    if (left === 0) return [run]
    const head = run.text.slice(0, left)
    left -= head.length
    const rest = run.text.slice(head.length)
    if (run.property !== undefined || rest === '') return [{ ...run, font: 'kai' }]
    return [{ text: head, font: 'kai' }, { text: rest }]
  })
}

/** pt: the name of the office in one line. */
function markSize(runs: readonly WordText[]): number {
  const length = runs.reduce((sum, { text }) => sum + text.length, 0)
  return Math.max(LEAST_MARK, Math.min(MOST_MARK, Math.floor(MARK_ROOM / Math.max(length, 1))))
}

function toParagraph(paragraph: BulletinParagraph, book: PropertyBook, isFirstAttachment: boolean): WordParagraph {
  const { runs, style } = paragraph
  const own = style === 'point' ? toPointRuns(paragraph, book) : toRuns(runs, book)
  if (style === 'mark')
    return { kind: 'paragraph', style: 'mark', runs: own.map((run) => ({ ...run, size: markSize(own) })) }
  const mark = style !== 'attachments' ? [] : [{ text: isFirstAttachment ? '附件：' : '　　　' }]
  return {
    kind: 'paragraph',
    style: STYLES[style],
    runs: [...mark, ...own],
    ...(style === 'number' ? { hasRedRule: true } : {}),
  }
}

/** Blank lines of the standard: two below the mark and the rule, one below the title, above attachments, two above the signature. */
function linesBefore(style: ParagraphStyle, before: ParagraphStyle | undefined): number {
  if (style === before) return 0
  if (style === 'number') return before === 'mark' ? 2 : 0
  if (style === 'title') return before === 'number' ? 2 : 0
  if (before === 'title' || style === 'attachments') return 1
  return style === 'signature' || style === 'copies' ? 2 : 0
}

/** `chart` stands at the end of the first part. */
function toTextBlocks({ paragraphs }: BulletinDocument, book: PropertyBook, chart: WordBlock | null): WordBlock[] {
  const headings = paragraphs.flatMap(({ style }, index) => (style === 'heading' ? [index] : []))
  return paragraphs.flatMap((paragraph, index): WordBlock[] => {
    const before = paragraphs[index - 1]?.style
    const blanks = Array.from({ length: linesBefore(paragraph.style, before) }, () => EMPTY)
    const figure = chart !== null && index === headings[1] ? [chart] : []
    return [...figure, ...blanks, toParagraph(paragraph, book, before !== 'attachments')]
  })
}

/** Bars of the share on time, group by group, the quarter before in grey beneath. */
function toBars({ facts }: LoadedFacts): WordBars {
  const scopes = [
    { label: '合计', scope: { kind: 'all' } as const },
    ...facts.groups.map((group) => ({ label: group, scope: { kind: 'group', group } as const })),
  ]
  const rows = scopes.flatMap(({ label, scope }) => {
    const now = computeFigure(facts, toFigureKey({ scope, metric: 'onTimeShare' }))
    const key = toFigureKey({ scope, metric: 'onTimeShare' })
    const change = computeFigure(facts, toFigureKey({ scope, metric: 'onTimeChange' }))
    const share = now?.kind === 'share' ? now.ratio.part / now.ratio.whole : null
    const before = change?.kind === 'change' ? change.before : null
    return [
      { label, share, text: figureText(facts, key) ?? '—', isQuiet: false },
      ...(before === null
        ? []
        : [
            {
              label: '　上季度',
              share: before.part / before.whole,
              text: `${(Math.round((before.part * 1_000) / before.whole) / 10).toFixed(1)}%`,
              isQuiet: true,
            },
          ]),
    ]
  })
  return { kind: 'bars', title: `图：${writeQuarter(facts.quarter)}书面首报按时率`, rows }
}

function toHeader(columns: AnnexTable['columns']): WordCell[][] {
  const spans = headerSpans(columns)
  return [
    spans.map(({ isGroup, span, title }) => ({ text: title, ...(isGroup ? { colSpan: span } : { rowSpan: 2 }) })),
    columns.filter(({ group }) => group !== null).map(({ title }) => ({ text: title })),
  ]
}

function annexHead({ number, title }: Annex, { facts }: LoadedFacts): WordBlock[] {
  return [
    { kind: 'paragraph', style: 'annexMark', runs: [{ text: `附件${number}` }] },
    { kind: 'paragraph', style: 'title', runs: [{ text: title }] },
    { kind: 'paragraph', style: 'small', runs: [{ text: writeQuarter(facts.quarter) }], isCentred: true },
  ]
}

/** What stands under every table: as of when, under which rules, which snapshot, and the hands it goes through. */
function annexFoot({ frozen, regulation }: LoadedFacts): WordBlock[] {
  const snapshot = `${frozen.quarter} 第 ${frozen.version} 版，清单 SHA-256 ${frozen.manifestSha256.slice(0, 16)}`
  const rules = regulation.notice === null ? regulation.title : `${regulation.title}（${regulation.notice}）`
  return [
    `注：1.“0”确为零，“—”为没有应报或未测量。2. 并列者按法定顺序排列。3. 规则：${rules}。4. 快照：${snapshot}。`,
    '制表：　　　　　　　　　　审核：　　　　　　　　　　审定：',
  ].map((text): WordBlock => ({ kind: 'paragraph', style: 'small', runs: [{ text }] }))
}

/** The columns drawn as wide as the paper lets them be, in proportion. */
function fitWidths(columns: readonly { readonly width: number }[], room: number): number[] {
  const wanted = columns.reduce((total, { width }) => total + width, 0)
  return columns.map(({ width }) => (width * room) / wanted)
}

function toTableSection(annex: Annex, group: string, loaded: LoadedFacts): WordSection {
  const { columns, rows, total } = buildAnnexTable(group, loaded)
  const paper = 'a4Landscape'
  const toCells = (row: AnnexTable['total'], isBold: boolean): WordCell[] =>
    columns.map(({ align, format }, at) => ({ text: toPaperText(row[at] ?? null, format), align, isBold }))
  const lines = function* (): Generator<WordCell[]> {
    for (const row of rows) yield toCells(row, false)
    yield toCells(total, true)
  }
  return {
    paper,
    blocks: [
      ...annexHead(annex, loaded),
      {
        kind: 'table',
        widths: fitWidths(columns, textWidthOf(paper)),
        header: toHeader(columns),
        rows: lines(),
        size: 9,
        rowHeight: 6,
      },
      ...annexFoot(loaded),
    ],
  }
}

const DEDUCTION_COLUMNS = [
  { title: '序号', width: 12, align: 'center' },
  { title: '单位', width: 48, align: 'left' },
  { title: '分项', width: 24, align: 'center' },
  { title: '事由', width: 40, align: 'left' },
  { title: '扣分', width: 14, align: 'right' },
  { title: '来源', width: 50, align: 'left' },
  { title: '判定时刻', width: 37, align: 'center' },
] as const

/** One deduction as a line of a table. */
export function* toDeductionRows(
  rows: readonly FrozenRow[],
  { regulation }: Pick<LoadedFacts, 'regulation'>,
): Generator<readonly (string | number)[]> {
  const titles = titlesOf(regulation.dimensions)
  for (const { deductions, name } of rows) {
    for (const { at, code, dimension, points, ref } of deductions) {
      const when = at.slice(0, 16).replace('T', ' ')
      yield [name, dimensionName(dimension, titles, 'zh-CN'), DEDUCTION_WORDS['zh-CN'][code], -points, ref, when]
    }
  }
}

function toDeductionSection(annex: Annex, loaded: LoadedFacts, rows: readonly FrozenRow[]): WordSection {
  const head = annexHead(annex, loaded)
  if (annex.rowCount > MAX_PAPER_DEDUCTIONS) {
    const text = `扣分明细共 ${annex.rowCount} 条，见电子附表（附表${annex.number}）。`
    return { paper: 'a4Landscape', blocks: [...head, { kind: 'paragraph', style: 'indented', runs: [{ text }] }] }
  }
  const lines = function* (): Generator<WordCell[]> {
    let number = 0
    for (const row of toDeductionRows(rows, loaded)) {
      number += 1
      yield [number, ...row].map((value, at) => ({
        text: String(value),
        align: DEDUCTION_COLUMNS[at]?.align ?? 'center',
      }))
    }
  }
  return {
    paper: 'a4Landscape',
    blocks: [
      ...head,
      {
        kind: 'table',
        widths: fitWidths(DEDUCTION_COLUMNS, textWidthOf('a4Landscape')),
        header: [DEDUCTION_COLUMNS.map(({ title }) => ({ text: title }))],
        rows: lines(),
        size: 9,
        rowHeight: 6,
      },
      ...annexFoot(loaded),
    ],
  }
}

/** Where a document comes from, for whoever looks at its properties. */
function toOrigin({ frozen }: LoadedFacts): WordDocument['properties'] {
  return [
    { name: 'ZhiduQuarter', value: frozen.quarter },
    { name: 'ZhiduVersion', value: String(frozen.version) },
    { name: 'ZhiduManifest', value: frozen.manifestSha256 },
  ]
}

export function titleOf({ paragraphs }: BulletinDocument): string {
  const title = paragraphs.find(({ style }) => style === 'title')
  return title === undefined ? '' : textOfParagraph(title)
}

/** The text alone, every figure a field with its property. `chart`: at the end of the first part; null = none. */
export function toTextWord(document: BulletinDocument, loaded: LoadedFacts, chart: WordBlock | null): WordDocument {
  const book = new PropertyBook()
  const blocks = toTextBlocks(document, book, chart)
  const signature = document.paragraphs.find(({ style }) => style === 'signature')
  return {
    title: titleOf(document),
    author: signature === undefined ? '' : textOfParagraph(signature),
    createdAt: loaded.frozen.asOf,
    properties: [...toOrigin(loaded), ...book.properties],
    sections: [{ paper: 'a4', blocks }],
  }
}

/**
 * A bulletin as a Word file: its text, a chart, and each annex on a page of its own. `rows`: the deductions, needed when they
 * are few enough for paper. The same document of the same version gives the same bytes.
 */
export function toBulletinWord(
  document: BulletinDocument,
  loaded: LoadedFacts,
  rows: readonly FrozenRow[],
): WordDocument {
  const word = toTextWord(document, loaded, toBars(loaded))
  const annexes = listAnnexes(loaded).map((annex) =>
    annex.group === null ? toDeductionSection(annex, loaded, rows) : toTableSection(annex, annex.group, loaded),
  )
  return { ...word, sections: [...word.sections, ...annexes] }
}
