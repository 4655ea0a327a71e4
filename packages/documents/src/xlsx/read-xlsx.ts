import type { Pulse, RowSink } from '../reader/messages.ts'
import type { TableLimits } from '../table/table.ts'
import { readSheet } from './read-sheet.ts'
import { readWorkbook } from './workbook-parts.ts'
import { assertWorkbook, openZip, type Zip } from './zip.ts'

const MAX_MIME_BYTES = 1_000

async function readMimeType(zip: Zip): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await zip.open('mimetype', MAX_MIME_BYTES)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

/** The rows of the first visible sheet in batches, as they are read. Throws TableError. */
export async function readXlsx(
  path: string,
  limits: TableLimits,
  { bytesTotal, pulse, sink }: { readonly sink: RowSink; readonly pulse: Pulse; readonly bytesTotal: number },
): Promise<void> {
  const zip = await openZip(path, pulse)
  try {
    await assertWorkbook(zip, () => readMimeType(zip))
    await sink.table({ format: 'xlsx', encoding: null, bytesTotal })
    const workbook = await readWorkbook(zip, limits)
    const total = Math.max(zip.sizeOf(workbook.sheetPath), 1)
    await readSheet(zip, workbook, limits, (rows, inflatedBytes) =>
      sink.rows(rows, Math.round(Math.min(inflatedBytes / total, 1) * bytesTotal)),
    )
  } finally {
    zip.close()
  }
}
