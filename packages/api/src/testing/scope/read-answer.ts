import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06_05_4b_50
const DEFLATED = 8
const STRINGS = 'xl/sharedStrings.xml'

/** The parts of a ZIP file by name, in the order of its directory. */
function unzip(bytes: Buffer): Map<string, string> {
  let end = bytes.length - 22
  while (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  const parts = new Map<string, string>()
  for (let n = 0; n < count; n += 1) {
    const size = bytes.readUInt32LE(at + 20)
    const nameLength = bytes.readUInt16LE(at + 28)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + size)
    const isPacked = bytes.readUInt16LE(at + 10) === DEFLATED
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    parts.set(name, (isPacked ? inflateRawSync(packed) : packed).toString('utf8'))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}

/** The parts as text; shared strings stand in their cells, so that one string more moves nothing. A cell is a line. */
function toLines(parts: Map<string, string>): string {
  const strings = (parts.get(STRINGS) ?? '').match(/<si>.*?<\/si>/gs) ?? []
  return [...parts]
    .filter(([name]) => name !== STRINGS)
    .map(([name, text]) => {
      const whole = text.replace(
        /(t="s"[^>]*><v>)(\d+)/g,
        (_, head: string, index: string) => head + (strings[Number(index)] ?? ''),
      )
      return `${name}\n${whole.replace(/<(c|row) /g, '\n<$1 ')}`
    })
    .join('\n')
}

/** An answer as text; a workbook unpacked. */
export async function readAnswer(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const isWorkbook = bytes.subarray(0, 2).toString('latin1') === 'PK'
  return isWorkbook ? toLines(unzip(bytes)) : bytes.toString('utf8')
}
