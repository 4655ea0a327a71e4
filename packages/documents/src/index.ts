export { toCsv } from './csv/write-csv.ts'
export { readTable } from './table/read-table.ts'
export {
  type Table,
  TABLE_LIMITS,
  type TableBatch,
  TableError,
  type TableLimits,
  type TableRow,
} from './table/table.ts'
export { buildWorkbook, type Choice, type SheetColumn, type SheetContent, toXlsx } from './xlsx/hucre.ts'
export { toZip, type ZipEntry } from './zip/write-zip.ts'
export { textWidthOf } from './word/word-body.ts'
export type {
  WordBars,
  WordBlock,
  WordCell,
  WordDocument,
  WordParagraph,
  WordSection,
  WordStyle,
  WordTable,
  WordText,
} from './word/word-model.ts'
export { toWord } from './word/write-word.ts'
