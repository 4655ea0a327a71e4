import { createHash, type Hash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ManifestFile } from '@zhidu/contract'
import type { FrozenPart } from '@zhidu/db'
import { sortFiles, SUMMARIES_FILE } from './package-files.ts'

const packGzip = promisify(gzip)

/** A piece is cut when it is this long, so that no reader ever holds much of a file. */
const CHARACTERS_PER_PART = 500_000
const PARTS_AT_ONCE = 400
const BYTES_AT_ONCE = 4_000_000
/** Below, packing saves nothing. */
const MIN_PACKED_BYTES = 1_000
const PACKING_LEVEL = 3

type Keep = (parts: readonly FrozenPart[]) => Promise<void>

/** One file on its way: hashed as it grows, cut into pieces where the unit changes. */
export class FileWriter {
  readonly name: string
  readonly #group: string | null
  readonly #onPart: (part: FrozenPart) => void
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0
  #parts = 0
  #unitCode: string | null = null
  #text: string[] = []
  #length = 0

  constructor(name: string, group: string | null, onPart: (part: FrozenPart) => void) {
    this.name = name
    this.#group = group
    this.#onPart = onPart
  }

  /** `unitCode`: whose evidence the text is; null = nobody's alone. */
  add(unitCode: string | null, text: string): void {
    if (this.#length > 0 && (unitCode !== this.#unitCode || this.#length >= CHARACTERS_PER_PART)) this.#cut()
    this.#unitCode = unitCode
    this.#text.push(text)
    this.#length += text.length
  }

  #cut(): void {
    const content = Buffer.from(this.#text.join(''))
    this.#text = []
    this.#length = 0
    this.#hash.update(content)
    this.#bytes += content.length
    this.#onPart({ fileName: this.name, part: this.#parts, unitCode: this.#unitCode, isGzip: false, content })
    this.#parts += 1
  }

  end(): ManifestFile {
    if (this.#length > 0) this.#cut()
    return { name: this.name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), group: this.#group }
  }
}

/** Files of a frozen quarter as they are made; `keep` gets their pieces, null = they are only hashed. */
export class PackageWriter {
  readonly #keep: Keep | null
  readonly #files: FileWriter[] = []
  #pending: FrozenPart[] = []
  #pendingBytes = 0

  constructor(keep: Keep | null) {
    this.#keep = keep
  }

  file(name: string, group: string | null = null): FileWriter {
    const file = new FileWriter(name, group, (part) => this.#take(part))
    this.#files.push(file)
    return file
  }

  #take(part: FrozenPart): void {
    if (this.#keep === null) return
    this.#pending.push(part)
    this.#pendingBytes += part.content.length
  }

  /** Hands on what is waiting when it is enough; to be called often, so that memory does not grow with the files. */
  async drain(isLast = false): Promise<void> {
    if (this.#keep === null || this.#pending.length === 0) return
    if (!isLast && this.#pending.length < PARTS_AT_ONCE && this.#pendingBytes < BYTES_AT_ONCE) return
    const parts = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    await this.#keep(await Promise.all(parts.map(pack)))
  }

  /** Ends every file that is still open and gives them all, by name. */
  async end(): Promise<ManifestFile[]> {
    const files = sortFiles(this.#files.map((file) => file.end()))
    await this.drain(true)
    return files
  }
}

/** Summaries are read with every table: they lie as they are. */
async function pack(part: FrozenPart): Promise<FrozenPart> {
  if (part.content.length < MIN_PACKED_BYTES || part.fileName === SUMMARIES_FILE) return part
  return { ...part, isGzip: true, content: await packGzip(part.content, { level: PACKING_LEVEL }) }
}
