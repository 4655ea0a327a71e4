import type { TableFormat, TableRow } from '../table/table.ts'

/** What a file is, told before its rows. */
export interface FileNotice {
  readonly format: TableFormat
  /** null for workbooks and documents. */
  readonly encoding: 'utf-8' | 'gb18030' | null
  readonly bytesTotal: number
}

/** What the reading process says on its standard output, one JSON text a line. */
export type ReaderMessage =
  | ({ readonly kind: 'table' } & FileNotice)
  | {
      readonly kind: 'rows'
      readonly rows: readonly (readonly [row: number, cells: readonly unknown[]])[]
      readonly bytesRead: number
    }
  /** It goes on; there is nothing to hand over yet. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'error'; readonly code: string; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'end' }

/** Where a reader puts what it finds; each call is waited for. */
export interface RowSink {
  table(notice: FileNotice): Promise<void>
  rows(rows: readonly TableRow[], bytesRead: number): Promise<void>
}

/** Called after each piece of a file: says that reading goes on, or throws TableError when it took too much. */
export type Pulse = () => Promise<void> | void
