import { inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06_05_4b_50
const DEFLATED = 8

/** The parts of an archive as text, by name; by another reader than the program's own. */
export function readZip(bytes: Buffer): ReadonlyMap<string, string> {
  let end = bytes.length - 22
  while (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  let at = bytes.readUInt32LE(end + 16)
  const parts = new Map<string, string>()
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
    const content = bytes.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(packed) : packed
    parts.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), content.toString('utf8'))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return parts
}
