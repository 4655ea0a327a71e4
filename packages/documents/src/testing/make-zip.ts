import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly content: string | Uint8Array
  /** What the directory claims instead of the true inflated size. */
  readonly claimedSize?: number
}

/** A ZIP file byte by byte, so that a test can make it lie. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { claimedSize, content, name } of parts) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes, { level: 9 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimedSize ?? bytes.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, Buffer.from(name)]),
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
  readonly workbookAttributes?: string
  readonly sharedStrings?: string
  readonly styles?: string
  readonly sheetTail?: string
  readonly claimedSize?: number
}

/** A minimal workbook around hand-written rows. */
export function makeWorkbook(parts: WorkbookParts): Buffer {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>${parts.sheetData}</sheetData>${parts.sheetTail ?? ''}</worksheet>`
  return makeZip([
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
      content: sheet,
      ...(parts.claimedSize !== undefined && { claimedSize: parts.claimedSize }),
    },
    { name: 'xl/styles.xml', content: parts.styles ?? `<styleSheet xmlns="${MAIN}"/>` },
    { name: 'xl/sharedStrings.xml', content: parts.sharedStrings ?? `<sst xmlns="${MAIN}"/>` },
  ])
}
