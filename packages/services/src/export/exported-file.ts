/** A file to hand over; `body` streams when the file may be large. */
export interface ExportedFile {
  readonly fileName: string
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

export type ExportLanguage = 'zh-CN' | 'en'
