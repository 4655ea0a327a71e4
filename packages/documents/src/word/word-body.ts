import { toFontXml } from './word-fonts.ts'
import type { WordBlock, WordDocument, WordParagraph, WordSection, WordText } from './word-model.ts'
import { LINE_PITCH_TWIPS } from './word-styles.ts'
import { barsXml, tableXml } from './word-table.ts'
import { escapeXml, toTwips, WORD_NAMESPACES, XML_HEAD } from './word-xml.ts'

/** mm; 天头 37, 地脚 35, 订口 28, 切口 26. */
const MARGINS = { top: 37, right: 26, bottom: 35, left: 28 } as const
/** Of a table that is wider than a page is: the binding is above. */
const WIDE_MARGINS = { top: 28, right: 35, bottom: 26, left: 37 } as const
/** mm from the edge to the page number. */
const FOOTER_MM = 24
const WIDE_FOOTER_MM = 16

const PAPERS = {
  a4: { width: 210, height: 297, margins: MARGINS, footer: FOOTER_MM, isWide: false },
  a4Landscape: { width: 297, height: 210, margins: WIDE_MARGINS, footer: WIDE_FOOTER_MM, isWide: true },
  a3Landscape: { width: 420, height: 297, margins: WIDE_MARGINS, footer: WIDE_FOOTER_MM, isWide: true },
} as const

/** mm between the margins. */
export function textWidthOf(paper: WordSection['paper']): number {
  const { margins, width } = PAPERS[paper]
  return width - margins.left - margins.right
}

function toRunLook({ font, isBold, isRed, size }: WordText): string {
  const half = size === undefined ? null : Math.round(size * 2)
  const look = [
    font === undefined ? '' : toFontXml(font),
    isBold === true ? '<w:b/>' : '',
    isRed === true ? '<w:color w:val="FF0000"/>' : '',
    half === null ? '' : `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`,
  ].join('')
  return look === '' ? '' : `<w:rPr>${look}</w:rPr>`
}

function toRun(run: WordText): string {
  const look = toRunLook(run)
  const text = run.text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
    .join('<w:br/>')
  const shown = `<w:r>${look}${text}</w:r>`
  if (run.property === undefined) return shown
  const mark = (type: string): string => `<w:r>${look}<w:fldChar w:fldCharType="${type}"/></w:r>`
  const code = `<w:r>${look}<w:instrText xml:space="preserve"> DOCPROPERTY ${run.property} \\* MERGEFORMAT </w:instrText></w:r>`
  return `${mark('begin')}${code}${mark('separate')}${shown}${mark('end')}`
}

function toParagraph({ hasRedRule, isCentred, runs, style }: WordParagraph, sectionEnd = ''): string {
  const rule =
    hasRedRule === true ? '<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="11" w:color="FF0000"/></w:pBdr>' : ''
  const centred = isCentred === true ? '<w:jc w:val="center"/>' : ''
  return `<w:p><w:pPr><w:pStyle w:val="zd-${style}"/>${rule}${centred}${sectionEnd}</w:pPr>${runs.map(toRun).join('')}</w:p>`
}

function toSectionEnd(paper: WordSection['paper']): string {
  const { footer, height, isWide, margins, width } = PAPERS[paper]
  const edge = (mm: number): number => toTwips(mm)
  return [
    '<w:sectPr>',
    '<w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>',
    '<w:type w:val="nextPage"/>',
    `<w:pgSz w:w="${edge(width)}" w:h="${edge(height)}"${isWide ? ' w:orient="landscape"' : ''}/>`,
    `<w:pgMar w:top="${edge(margins.top)}" w:right="${edge(margins.right)}" w:bottom="${edge(margins.bottom)}" w:left="${edge(margins.left)}" w:header="851" w:footer="${edge(footer)}" w:gutter="0"/>`,
    `<w:docGrid w:type="lines" w:linePitch="${LINE_PITCH_TWIPS}"/>`,
    '</w:sectPr>',
  ].join('')
}

function* blockXml(block: WordBlock): Generator<string> {
  if (block.kind === 'paragraph') yield toParagraph(block)
  else if (block.kind === 'table') yield* tableXml(block)
  else yield* barsXml(block)
}

/** Word needs a paragraph behind a table; this one takes no room. */
function emptyLine(sectionEnd: string): string {
  return `<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>${sectionEnd}</w:pPr></w:p>`
}

/** The text of the document, piece by piece: a table of thousands of rows is never held whole. */
export function* bodyXml({ sections }: WordDocument): Generator<string> {
  yield `${XML_HEAD}<w:document ${WORD_NAMESPACES}><w:body>`
  for (const [index, { blocks, paper }] of sections.entries()) {
    const end = toSectionEnd(paper)
    const isLast = index === sections.length - 1
    const last = blocks.at(-1)
    for (const block of blocks.slice(0, -1)) yield* blockXml(block)
    // A section ends in its last paragraph, the last one behind all.
    const inParagraph = isLast ? '' : end
    if (last?.kind === 'paragraph') yield toParagraph(last, inParagraph)
    else {
      if (last !== undefined) yield* blockXml(last)
      yield emptyLine(inParagraph)
    }
    if (isLast) yield end
  }
  yield '</w:body></w:document>'
}
