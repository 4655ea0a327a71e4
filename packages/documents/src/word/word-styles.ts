import { toFontXml } from './word-fonts.ts'
import type { WordFont, WordStyle } from './word-model.ts'
import { WORD_NAMESPACES, XML_HEAD } from './word-xml.ts'

/** pt: 22 lines within 225 mm. */
export const LINE_PITCH_TWIPS = 579
/** A quarter of a point less between characters: 28 of 16 pt within 156 mm. */
const SPACING_TWIPS = -5

interface Look {
  readonly font: WordFont
  /** pt */
  readonly size: number
  readonly align: 'both' | 'center' | 'left' | 'right'
  /** Hundredths of a character. */
  readonly firstLine?: number
  readonly left?: number
  readonly right?: number
  /** Twips; missing = one line of the grid. */
  readonly line?: number
  readonly isKeptWithNext?: boolean
  readonly isRed?: boolean
  readonly hasRules?: boolean
  readonly before?: number
  /** Its lines do not stand on the grid of the body text. */
  readonly isOffGrid?: boolean
}

export const OFF_GRID = '<w:snapToGrid w:val="0"/>'

const LOOKS: Readonly<Record<WordStyle, Look>> = {
  mark: { font: 'title', size: 40, align: 'center', line: 1_000, isRed: true, before: 800 },
  number: { font: 'body', size: 16, align: 'center' },
  title: { font: 'title', size: 22, align: 'center', line: 680, isKeptWithNext: true },
  recipients: { font: 'body', size: 16, align: 'both' },
  indented: { font: 'body', size: 16, align: 'both', firstLine: 200 },
  heading: { font: 'heading', size: 16, align: 'both', firstLine: 200, isKeptWithNext: true },
  attachment: { font: 'body', size: 16, align: 'left', left: 200 },
  signature: { font: 'body', size: 16, align: 'right', right: 200 },
  date: { font: 'body', size: 16, align: 'right', right: 400 },
  copies: { font: 'body', size: 14, align: 'left', left: 100, right: 100, hasRules: true },
  annexMark: { font: 'heading', size: 16, align: 'left' },
  plain: { font: 'body', size: 16, align: 'both' },
  small: { font: 'body', size: 10.5, align: 'left', line: 300, isOffGrid: true },
}

/** In characters for Word and WPS, which move it with the face, and in twips for programs that do not know characters. */
function toIndent({ firstLine, left, right, size }: Look): string {
  const both = (name: string, chars: number | undefined): string[] =>
    chars === undefined ? [] : [`w:${name}Chars="${chars}" w:${name}="${Math.round((chars * size) / 5)}"`]
  const parts = [...both('left', left), ...both('right', right), ...both('firstLine', firstLine)]
  return parts.length === 0 ? '' : `<w:ind ${parts.join(' ')}/>`
}

function toStyle([id, look]: [string, Look]): string {
  const rule = '<w:%s w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
  const rules = look.hasRules ? `<w:pBdr>${rule.replace('%s', 'top')}${rule.replace('%s', 'bottom')}</w:pBdr>` : ''
  const paragraph = [
    look.isKeptWithNext === true ? '<w:keepNext/>' : '',
    rules,
    look.isOffGrid === true ? OFF_GRID : '',
    `<w:spacing w:before="${look.before ?? 0}" w:after="0" w:line="${look.line ?? LINE_PITCH_TWIPS}" w:lineRule="exact"/>`,
    toIndent(look),
    `<w:jc w:val="${look.align}"/>`,
  ].join('')
  const half = look.size * 2
  const run = [
    toFontXml(look.font),
    look.isRed === true ? '<w:color w:val="FF0000"/>' : '',
    `<w:spacing w:val="${look.size === 16 ? SPACING_TWIPS : 0}"/>`,
    `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`,
  ].join('')
  return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="zd-${id}"><w:name w:val="zd ${id}"/><w:basedOn w:val="Normal"/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
}

export function toStyles(): string {
  const defaults = `<w:docDefaults><w:rPrDefault><w:rPr>${toFontXml('body')}<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`
  const normal = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/><w:spacing w:line="${LINE_PITCH_TWIPS}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr><w:spacing w:val="${SPACING_TWIPS}"/></w:rPr></w:style>`
  const table = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="40" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`
  return `${XML_HEAD}<w:styles ${WORD_NAMESPACES}>${defaults}${normal}${table}${Object.entries(LOOKS).map(toStyle).join('')}</w:styles>`
}

/** Odd pages have their number at the right, even ones at the left. */
export function toSettings(): string {
  return `${XML_HEAD}<w:settings ${WORD_NAMESPACES}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

/** — 1 —, in 14 pt, one character in from the edge. */
export function toFooter(side: 'odd' | 'even'): string {
  const look = `<w:rPr>${toFontXml('song')}<w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>`
  const text = (words: string): string => `<w:r>${look}<w:t xml:space="preserve">${words}</w:t></w:r>`
  const field = `<w:r>${look}<w:fldChar w:fldCharType="begin"/></w:r><w:r>${look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>${look}<w:fldChar w:fldCharType="separate"/></w:r>${text('1')}<w:r>${look}<w:fldChar w:fldCharType="end"/></w:r>`
  const place =
    side === 'odd' ? '<w:ind w:right="280"/><w:jc w:val="right"/>' : '<w:ind w:left="280"/><w:jc w:val="left"/>'
  return `${XML_HEAD}<w:ftr ${WORD_NAMESPACES}><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>${place}</w:pPr>${text('— ')}${field}${text(' —')}</w:p></w:ftr>`
}
