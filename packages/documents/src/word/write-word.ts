import { toZip, type ZipEntry } from '../zip/write-zip.ts'
import { bodyXml } from './word-body.ts'
import { toFontTable } from './word-fonts.ts'
import type { WordDocument } from './word-model.ts'
import { toFooter, toSettings, toStyles } from './word-styles.ts'
import { escapeXml, XML_HEAD } from './word-xml.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
/** Of properties that a user may add. */
const USER_PROPERTIES = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}'
const FIRST_PROPERTY_ID = 2
const CHARACTERS_PER_CHUNK = 64_000

const PARTS = [
  ['/word/document.xml', `${WORD_TYPE}.document.main+xml`],
  ['/word/styles.xml', `${WORD_TYPE}.styles+xml`],
  ['/word/settings.xml', `${WORD_TYPE}.settings+xml`],
  ['/word/fontTable.xml', `${WORD_TYPE}.fontTable+xml`],
  ['/word/footer1.xml', `${WORD_TYPE}.footer+xml`],
  ['/word/footer2.xml', `${WORD_TYPE}.footer+xml`],
  ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
  ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  ['/docProps/custom.xml', 'application/vnd.openxmlformats-officedocument.custom-properties+xml'],
] as const

function toContentTypes(): string {
  const parts = PARTS.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`).join('')
  return `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts}</Types>`
}

function toRelations(relations: readonly (readonly [id: string, type: string, target: string])[]): string {
  const all = relations.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`)
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`
}

function toCore({ author, createdAt, title }: WordDocument): string {
  const at = `${new Date(createdAt).toISOString().slice(0, 19)}Z`
  const when = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at}</dcterms:${name}>`
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator><cp:lastModifiedBy>${escapeXml(author)}</cp:lastModifiedBy>${when('created')}${when('modified')}</cp:coreProperties>`
}

function toCustom({ properties }: WordDocument): string {
  const all = properties.map(
    ({ name, value }, index) =>
      `<property fmtid="${USER_PROPERTIES}" pid="${index + FIRST_PROPERTY_ID}" name="${escapeXml(name)}"><vt:lpwstr>${escapeXml(value)}</vt:lpwstr></property>`,
  )
  return `${XML_HEAD}<Properties xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes">${all.join('')}</Properties>`
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

async function* inChunks(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHARACTERS_PER_CHUNK) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(chunk)
}

function* listEntries(document: WordDocument): Generator<ZipEntry> {
  const part = (name: string, text: string): ZipEntry => ({ name, content: once(text) })
  yield part('[Content_Types].xml', toContentTypes())
  yield part(
    '_rels/.rels',
    toRelations([
      ['rId1', `${OFFICE}/relationships/officeDocument`, 'word/document.xml'],
      ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ['rId3', `${OFFICE}/relationships/extended-properties`, 'docProps/app.xml'],
      ['rId4', `${OFFICE}/relationships/custom-properties`, 'docProps/custom.xml'],
    ]),
  )
  yield part(
    'word/_rels/document.xml.rels',
    toRelations([
      ['rId1', `${OFFICE}/relationships/styles`, 'styles.xml'],
      ['rId2', `${OFFICE}/relationships/settings`, 'settings.xml'],
      ['rId3', `${OFFICE}/relationships/fontTable`, 'fontTable.xml'],
      ['rIdOdd', `${OFFICE}/relationships/footer`, 'footer1.xml'],
      ['rIdEven', `${OFFICE}/relationships/footer`, 'footer2.xml'],
    ]),
  )
  yield { name: 'word/document.xml', content: inChunks(bodyXml(document)) }
  yield part('word/styles.xml', toStyles())
  yield part('word/settings.xml', toSettings())
  yield part('word/fontTable.xml', toFontTable())
  yield part('word/footer1.xml', toFooter('odd'))
  yield part('word/footer2.xml', toFooter('even'))
  yield part('docProps/core.xml', toCore(document))
  yield part(
    'docProps/app.xml',
    `${XML_HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>Zhidu</Application></Properties>`,
  )
  yield part('docProps/custom.xml', toCustom(document))
}

/**
 * A Word file in the manner of GB/T 9704-2012, as it is made: A4, 22 lines of 28 characters, page numbers — 1 —. The same document
 * gives the same bytes. Throws RangeError for a table whose rows do not fit its columns.
 */
export async function* toWord(document: WordDocument): AsyncGenerator<Buffer> {
  yield* toZip(listEntries(document))
}
