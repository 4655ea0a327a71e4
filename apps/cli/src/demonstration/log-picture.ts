import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 320
const HEIGHT = 220
const PAPER = 245
const INK = 90

/** True where a line of the drawn page is dark. */
function isInk(x: number, y: number): boolean {
  const inPage = x > 30 && x < WIDTH - 30 && y > 20 && y < HEIGHT - 20
  if (!inPage) return false
  return y % 20 === 0 || (x === 90 && y > 20) || (y % 20 > 8 && y % 20 < 12 && x > 100 && x < 100 + ((y * 37) % 160))
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A page of a log as a program draws it: a small grey PNG, which shows no place and nobody. */
export function makeLogPicture(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: WIDTH }, (__, x) => (isInk(x, y) ? INK : PAPER))]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  // Eight bits, grey.
  head.writeUInt8(8, 8)
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const end = chunk('IEND', Buffer.alloc(0))
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), end])
}
