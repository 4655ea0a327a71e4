import { TableError, type TableLimits } from '../table/table.ts'
import { attributeOf, walkXml } from './xml.ts'
import type { Zip } from './zip.ts'

interface Relation {
  readonly id: string
  readonly type: string
  readonly path: string
}

/** Where the first sheet is and what reading its cells takes. */
export interface Workbook {
  readonly sheetPath: string
  readonly is1904: boolean
  readonly sharedStrings: readonly string[]
  /** By cell format: does a number in it show as a date? */
  readonly dateFormats: readonly boolean[]
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

function relationsPath(path: string): string {
  const folder = folderOf(path)
  const name = path.slice(folder === '' ? 0 : folder.length + 1)
  return `${folder === '' ? '' : `${folder}/`}_rels/${name}.rels`
}

async function readRelations(zip: Zip, path: string, limits: TableLimits): Promise<Relation[]> {
  const relations: Relation[] = []
  if (!zip.has(relationsPath(path))) return relations
  await walkXml(await zip.open(relationsPath(path), limits.xlsxPartBytes), {
    onOpen: (name, { Id: id = '', Target: target = '', TargetMode: mode, Type: type = '' }) => {
      if (name === 'Relationship' && mode !== 'External')
        relations.push({ id, type, path: resolve(folderOf(path), target) })
    },
  })
  return relations
}

function pathOf(relations: readonly Relation[], type: string): string | undefined {
  return relations.find((relation) => relation.type.endsWith(`/${type}`))?.path
}

async function readSheets(zip: Zip, path: string, limits: TableLimits) {
  const sheets: { id: string; isHidden: boolean }[] = []
  let is1904 = false
  await walkXml(await zip.open(path, limits.xlsxPartBytes), {
    onOpen: (name, attributes) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const state = attributes['state']
      sheets.push({ id: attributeOf(attributes, 'id') ?? '', isHidden: state === 'hidden' || state === 'veryHidden' })
    },
  })
  return { first: sheets.find((sheet) => !sheet.isHidden) ?? sheets[0], is1904 }
}

async function readDateFormats(zip: Zip, path: string | undefined, limits: TableLimits): Promise<boolean[]> {
  const formats: boolean[] = []
  if (path === undefined || !zip.has(path)) return formats
  // Loaded when it is needed: most of what is refused has been refused before.
  const { isDateFormat } = await import('./date-format.ts')
  const codes = new Map<string, string>()
  let isCellFormats = false
  await walkXml(await zip.open(path, limits.xlsxPartBytes), {
    onOpen: (name, attributes) => {
      const id = attributes['numFmtId'] ?? '0'
      if (name === 'numFmt') codes.set(id, attributes['formatCode'] ?? '')
      if (name === 'cellXfs') isCellFormats = true
      if (name === 'xf' && isCellFormats) formats.push(isDateFormat(codes.get(id) ?? id))
    },
    onClose: (name) => {
      if (name === 'cellXfs') isCellFormats = false
    },
  })
  return formats
}

/** Excel's escapes of characters that XML cannot hold: `_x000D_`. */
export function unescapeOoxml(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

async function readSharedStrings(zip: Zip, path: string | undefined, limits: TableLimits): Promise<string[]> {
  const strings: string[] = []
  if (path === undefined || !zip.has(path)) return strings
  let text = ''
  let isText = false
  let phonetic = 0
  await walkXml(await zip.open(path, limits.xlsxPartBytes), {
    onOpen: (name, { uniqueCount }) => {
      // What the table says of itself is believed when it is too much.
      if (strings.length >= limits.xlsxStrings || (name === 'sst' && Number(uniqueCount) > limits.xlsxStrings))
        throw new TableError('xlsx_too_many_strings', { limit: String(limits.xlsxStrings) })
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic += 1
      else if (name === 't') isText = phonetic === 0
    },
    onText: (piece) => {
      if (isText) text += piece
    },
    onClose: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') phonetic -= 1
      else if (name === 'si') strings.push(unescapeOoxml(text))
    },
  })
  return strings
}

/** Reads everything but the cells. Throws TableError when there is no sheet or a part is damaged. */
export async function readWorkbook(zip: Zip, limits: TableLimits): Promise<Workbook> {
  const path = pathOf(await readRelations(zip, '', limits), 'officeDocument') ?? 'xl/workbook.xml'
  const { first, is1904 } = await readSheets(zip, path, limits)
  const relations = await readRelations(zip, path, limits)
  const sheetPath = relations.find(
    (relation) => relation.id === first?.id && relation.type.endsWith('/worksheet'),
  )?.path
  if (sheetPath === undefined) throw new TableError('xlsx_no_sheet')
  return {
    sheetPath,
    is1904,
    dateFormats: await readDateFormats(zip, pathOf(relations, 'styles'), limits),
    sharedStrings: await readSharedStrings(zip, pathOf(relations, 'sharedStrings'), limits),
  }
}
