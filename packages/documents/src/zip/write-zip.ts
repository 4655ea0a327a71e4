import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'

/** A file of an archive; the content is read when its turn comes. */
export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string
  readonly content: AsyncIterable<Uint8Array>
}

/** 1980-01-01, the first day there is: the same files give the same archive. */
const DATE = 0x21
/** Sizes come after the content; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATE = 8
const VERSION = 20
const MAX_BYTES = 0xffff_ffff
const LEVEL = 6

interface Written {
  readonly name: Buffer
  readonly offset: number
  readonly checksum: number
  readonly packed: number
  readonly size: number
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATE, 8)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor({ checksum, packed, size }: Omit<Written, 'name' | 'offset'>): Buffer {
  const end = Buffer.alloc(16)
  end.writeUInt32LE(0x08074b50, 0)
  end.writeUInt32LE(checksum, 4)
  end.writeUInt32LE(packed, 8)
  end.writeUInt32LE(size, 12)
  return end
}

function centralHeader({ checksum, name, offset, packed, size }: Written): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(VERSION, 6)
  header.writeUInt16LE(FLAGS, 8)
  header.writeUInt16LE(DEFLATE, 10)
  header.writeUInt16LE(DATE, 14)
  header.writeUInt32LE(checksum, 16)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, name])
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

/** An archive as it is made, file by file; nothing of it is held. Throws RangeError beyond 4 GiB. */
export async function* toZip(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const start = offset
    const header = localHeader(name)
    offset += header.length
    yield header
    let [checksum, packed, size] = [0, 0, 0]
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of entry.content) {
        checksum = crc32(chunk, checksum)
        size += chunk.length
        yield chunk
      }
    }
    const source = Readable.from(counted())
    const deflate = createDeflateRaw({ level: LEVEL })
    source.once('error', (error) => deflate.destroy(error))
    for await (const chunk of source.pipe(deflate)) {
      // Safe: a stream of bytes.
      const bytes = chunk as Buffer
      packed += bytes.length
      yield bytes
    }
    offset += packed + 16
    if (size > MAX_BYTES || offset > MAX_BYTES) throw new RangeError('an archive of more than 4 GiB')
    const sums = { checksum, packed, size }
    yield descriptor(sums)
    written.push({ name, offset: start, ...sums })
  }
  const directory = Buffer.concat(written.map(centralHeader))
  yield directory
  yield endRecord(written.length, directory.length, offset)
}
