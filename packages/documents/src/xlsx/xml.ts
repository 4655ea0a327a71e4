import { SaxesParser } from 'saxes'
import { TableError, toMegabytes } from '../table/table.ts'

/** Bytes without a tag, and tags within tags: far more than any workbook has, and few enough to hold. */
const MAX_TAGLESS_BYTES = 2_000_000
const MAX_DEPTH = 100

export interface XmlHandlers {
  /** `name` without its prefix. */
  readonly onOpen: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly onText?: (text: string) => void
  readonly onClose?: (name: string) => void
  /** After each piece of the stream; the next one waits for it. */
  readonly onChunk?: (inflatedBytes: number) => Promise<void> | void
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

function damaged(detail: string, cause?: unknown): TableError {
  return new TableError('xlsx_damaged', { detail }, { cause })
}

/** Walks a stream of XML. Throws TableError when it is not well formed, declares a DTD or would fill the memory. */
export async function walkXml(stream: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ fragment: false, xmlns: false, position: false })
  const { onClose, onText } = handlers
  let depth = 0
  let taglessBytes = 0
  parser.on('error', (error) => {
    throw damaged(error.message, error)
  })
  parser.on('doctype', () => {
    throw new TableError('xlsx_entities')
  })
  parser.on('opentag', (tag) => {
    taglessBytes = 0
    depth += 1
    if (depth > MAX_DEPTH) throw damaged(`${MAX_DEPTH} levels`)
    handlers.onOpen(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    taglessBytes = 0
    depth -= 1
    onClose?.(localName(tag.name))
  })
  if (onText !== undefined) {
    parser.on('text', onText)
    parser.on('cdata', onText)
  }
  const decoder = new TextDecoder('utf-8')
  let inflatedBytes = 0
  const parse = (step: () => unknown): void => {
    try {
      step()
    } catch (error) {
      throw error instanceof TableError ? error : damaged(error instanceof Error ? error.message : String(error), error)
    }
  }
  for await (const bytes of stream) {
    inflatedBytes += bytes.length
    taglessBytes += bytes.length
    parse(() => parser.write(decoder.decode(bytes, { stream: true })))
    if (taglessBytes > MAX_TAGLESS_BYTES)
      throw new TableError('xlsx_expands', { limit: toMegabytes(MAX_TAGLESS_BYTES) })
    await handlers.onChunk?.(inflatedBytes)
  }
  parse(() => parser.write(decoder.decode()).close())
}

/** Attribute by its name without prefix: `id` finds `r:id`. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name)
  return key === undefined ? undefined : attributes[key]
}
