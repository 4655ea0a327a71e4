import { escapeCellText } from '@zhidu/contract'

// Beside what RFC 4180 asks for: what some programs split at as well, so that no text becomes the beginning of a cell.
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$/
const BYTE_ORDER_MARK = '\uFEFF'
const CHUNK_CHARS = 1 << 16

/** No field begins a formula; `import` takes the apostrophe off again. */
function toField(cell: string): string {
  const text = escapeCellText(cell)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One record with its line end. A lone empty field is quoted, or it would be a blank line. */
function toCsvLine(cells: readonly string[]): string {
  return cells.length === 1 && cells[0] === '' ? '""\r\n' : `${cells.map(toField).join(',')}\r\n`
}

/** CSV (RFC 4180) in UTF-8 with a byte-order mark, so that Excel reads the Chinese; in chunks of about 64 kB. */
export async function* toCsv(
  header: readonly string[],
  rows: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = BYTE_ORDER_MARK + toCsvLine(header)
  for await (const batch of rows) {
    for (const cells of batch) {
      text += toCsvLine(cells)
      if (text.length < CHUNK_CHARS) continue
      yield encoder.encode(text)
      text = ''
    }
  }
  if (text !== '') yield encoder.encode(text)
}
