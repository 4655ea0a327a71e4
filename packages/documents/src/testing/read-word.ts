import { SaxesParser } from 'saxes'
import yauzl from 'yauzl'

/** A node of XML; names keep their prefix. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  text: string
}

export function parseXml(text: string): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser({ fragment: false })
  parser.on('opentag', ({ attributes, name }) => {
    const values = Object.entries(attributes).map(([key, value]) => [key, String(value)] as const)
    const node: XmlNode = { name, attributes: Object.fromEntries(values), children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('text', (piece) => {
    const top = open.at(-1)
    if (top !== undefined) top.text += piece
  })
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return root
}

/** Every node of a name below, in the order of the file. */
export function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
}

/** The text below. */
export function textOf(node: XmlNode): string {
  return all(node, 'w:t')
    .map(({ text }) => text)
    .join('')
}

/** The parts of an archive by another reader than what wrote it: checksums and sizes are verified. */
export async function unzip(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { validateEntrySizes: true })
  const parts = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk))
    parts.set(entry.fileName, Buffer.concat(chunks).toString())
  }
  return parts
}

export async function readWord(bytes: Uint8Array) {
  const parts = await unzip(bytes)
  const part = (name: string): XmlNode => parseXml(parts.get(name) ?? '')
  const document = part('word/document.xml')
  return { parts, part, document, sections: all(document, 'w:sectPr'), tables: all(document, 'w:tbl') }
}
