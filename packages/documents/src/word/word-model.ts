/** Fonts by what they are for; their names and what stands in for them: `word-fonts.ts`. */
export type WordFont = 'title' | 'body' | 'heading' | 'kai' | 'song'

export interface WordText {
  readonly text: string
  readonly font?: WordFont
  /** pt; missing = that of the paragraph. */
  readonly size?: number
  readonly isBold?: boolean
  readonly isRed?: boolean
  /** Name of a document property: the text is its cached value, in a field that leads to it. */
  readonly property?: string
}

/**
 * Paragraphs by the standard for official documents. `indented`: two characters in, as body text. `heading`: 黑体, `annexMark`: 附件1,
 * flush left in 黑体. `small`: notes under a table.
 */
export type WordStyle =
  | 'title'
  | 'number'
  | 'recipients'
  | 'indented'
  | 'heading'
  | 'attachment'
  | 'signature'
  | 'date'
  | 'copies'
  | 'annexMark'
  | 'mark'
  | 'plain'
  | 'small'

export interface WordParagraph {
  readonly kind: 'paragraph'
  readonly style: WordStyle
  readonly runs: readonly WordText[]
  /** A red rule as wide as the text below it. */
  readonly hasRedRule?: boolean
  readonly isCentred?: boolean
}

export interface WordCell {
  readonly text: string
  /** Missing = centred. */
  readonly align?: 'left' | 'right' | 'center'
  readonly isBold?: boolean
  /** Columns and rows it takes; missing = 1. */
  readonly colSpan?: number
  readonly rowSpan?: number
  /** Grey, hex without `#`. */
  readonly shade?: string
  /** Without the lines around it. */
  readonly isBare?: boolean
}

export interface WordTable {
  readonly kind: 'table'
  /** mm, of each column. */
  readonly widths: readonly number[]
  /** Repeated on every page; cells that a span covers are left out. */
  readonly header: readonly (readonly WordCell[])[]
  readonly rows: Iterable<readonly WordCell[]>
  /** pt */
  readonly size: number
  /** mm; rows grow with their text. */
  readonly rowHeight: number
}

/** Bars drawn as cells, which every program shows alike. */
export interface WordBars {
  readonly kind: 'bars'
  readonly title: string
  readonly rows: readonly {
    readonly label: string
    /** 0 to 1; null = not measured, written but not drawn. */
    readonly share: number | null
    readonly text: string
    readonly isQuiet: boolean
  }[]
}

export type WordBlock = WordParagraph | WordTable | WordBars

export interface WordSection {
  readonly paper: 'a4' | 'a4Landscape' | 'a3Landscape'
  readonly blocks: readonly WordBlock[]
}

export interface WordDocument {
  readonly title: string
  readonly author: string
  /** Epoch ms; of the data, so that the same data give the same bytes. */
  readonly createdAt: number
  /** Properties that fields name, and others that say where the document comes from; names are ASCII. */
  readonly properties: readonly { readonly name: string; readonly value: string }[]
  /** Each begins on a new page. */
  readonly sections: readonly WordSection[]
}
