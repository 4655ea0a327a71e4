import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Deflated bytes made elsewhere, and what they inflate to. */
export interface Packed {
  readonly bytes: Uint8Array
  readonly size: number
}

export interface ZipPart {
  readonly name: string
  readonly content: string | Uint8Array | Packed
  /** What the directory claims instead of the true inflated size. */
  readonly claimedSize?: number
  /** What it claims instead of the true checksum; of packed bytes 0 is claimed. */
  readonly claimedChecksum?: number
  /** Where it says the part begins, if not where it does. */
  readonly claimedOffset?: number
  /** Bits of the general purpose flag beside UTF-8. */
  readonly flags?: number
  /** Extra field of the directory. */
  readonly extra?: Uint8Array
}

/** Deflates `piece` once and repeats the outcome: gigabytes cost nothing. */
export function packRepeated(before: string, piece: string, times: number, after: string): Packed {
  const open = { level: 9, finishFlush: constants.Z_FULL_FLUSH }
  const middle = deflateRawSync(piece, open)
  const bytes = Buffer.concat([
    deflateRawSync(before, open),
    ...Array.from({ length: times }, () => middle),
    deflateRawSync(after),
  ])
  return { bytes, size: Buffer.byteLength(before) + Buffer.byteLength(piece) * times + Buffer.byteLength(after) }
}

function pack(content: ZipPart['content']): Packed & { readonly checksum: number } {
  if (typeof content === 'object' && 'size' in content) return { ...content, checksum: 0 }
  const bytes = Buffer.from(content)
  return { bytes: deflateRawSync(bytes, { level: 9 }), size: bytes.length, checksum: crc32(bytes) }
}

/** A ZIP file byte by byte, so that a test can make it lie. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const locals: Uint8Array[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { claimedChecksum, claimedOffset, claimedSize, content, extra, flags, name } of parts) {
    const { bytes, checksum, size } = pack(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800 | (flags ?? 0), 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(claimedChecksum ?? checksum, 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(claimedSize ?? size, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), bytes])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(claimedOffset ?? offset, 10)
    const listed = Buffer.from(common)
    listed.writeUInt16LE(extra?.length ?? 0, 24)
    directory.push(
      Buffer.concat([
        Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
        listed,
        tail,
        Buffer.from(name),
        extra ?? Buffer.alloc(0),
      ]),
    )
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(22)
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface WorkbookParts {
  readonly sheetData: string
  /** The worksheet as it is, instead of one around `sheetData`. */
  readonly sheet?: ZipPart['content']
  readonly workbookAttributes?: string
  readonly sharedStrings?: ZipPart['content']
  readonly styles?: string
  readonly sheetTail?: string
  readonly claimedSize?: number
  /** Parts beside the usual ones; one of a usual name takes its place. */
  readonly others?: readonly ZipPart[]
}

/** A minimal workbook around hand-written rows. */
export function makeWorkbook(parts: WorkbookParts): Buffer {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>${parts.sheetData}</sheetData>${parts.sheetTail ?? ''}</worksheet>`
  const usual: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<x:workbook xmlns:x="${MAIN}" xmlns:r="${OFFICE}"><x:workbookPr ${parts.workbookAttributes ?? ''}/><x:sheets><x:sheet name="隐藏" sheetId="9" r:id="rId9" state="hidden"/><x:sheet name="数据" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${RELATIONS}">${relation('rId1', 'worksheet', '/xl/worksheets/sheet1.xml')}${relation('rId9', 'worksheet', 'worksheets/none.xml')}${relation('rId2', 'styles', 'styles.xml')}${relation('rId3', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    },
    // As Excel does it: the sheet stands before what it needs.
    {
      name: 'xl/worksheets/sheet1.xml',
      content: parts.sheet ?? sheet,
      ...(parts.claimedSize !== undefined && { claimedSize: parts.claimedSize }),
    },
    { name: 'xl/styles.xml', content: parts.styles ?? `<styleSheet xmlns="${MAIN}"/>` },
    { name: 'xl/sharedStrings.xml', content: parts.sharedStrings ?? `<sst xmlns="${MAIN}"/>` },
  ]
  const others = parts.others ?? []
  const isReplaced = ({ name }: ZipPart): boolean => others.some((other) => other.name === name)
  return makeZip([...usual.filter((part) => !isReplaced(part)), ...others])
}
