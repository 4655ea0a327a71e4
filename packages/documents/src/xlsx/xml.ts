import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { TableError } from '../table/table.ts'

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

/** Walks a stream of XML. Throws TableError when it is not well formed or declares entities. */
export async function walkXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ fragment: false, xmlns: false, position: false })
  parser.on('error', (error) => {
    throw new TableError('xlsx_damaged', { detail: error.message }, { cause: error })
  })
  parser.on('doctype', () => {
    throw new TableError('xlsx_damaged', { detail: 'DOCTYPE' })
  })
  parser.on('opentag', (tag) => handlers.onOpen(localName(tag.name), tag.attributes))
  const { onClose, onText } = handlers
  if (onText !== undefined) {
    parser.on('text', onText)
    parser.on('cdata', onText)
  }
  if (onClose !== undefined) parser.on('closetag', (tag) => onClose(localName(tag.name)))
  const decoder = new TextDecoder('utf-8')
  let inflatedBytes = 0
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Uint8Array
      inflatedBytes += bytes.length
      parser.write(decoder.decode(bytes, { stream: true }))
      await handlers.onChunk?.(inflatedBytes)
    }
    parser.write(decoder.decode()).close()
  } catch (error) {
    if (error instanceof TableError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new TableError('xlsx_damaged', { detail }, { cause: error })
  } finally {
    stream.destroy()
  }
}

/** Attribute by its name without prefix: `id` finds `r:id`. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name)
  return key === undefined ? undefined : attributes[key]
}
