import { createSubprocessConverter } from '@matbee/libreoffice-converter'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** LibreOffice as it is published for Node: what a program that lays out Word and Excel makes of our files. */
const require = createRequire(import.meta.url)
const LIBREOFFICE = dirname(require.resolve('@matbee/libreoffice-converter/package.json'))
const FONTS = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
const PDFJS = dirname(require.resolve('pdfjs-dist/package.json'))
/** The one Chinese face at hand, which stands in for all that the files name. */
const FACES = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf']
const MM_PER_PT = 25.4 / 72

export interface PaperLine {
  readonly text: string
  /** mm from the left edge, and of the base line from the upper one. */
  readonly x: number
  readonly y: number
}

export interface PaperPage {
  /** mm */
  readonly width: number
  readonly height: number
  /** From top to bottom. */
  readonly lines: readonly PaperLine[]
}

export interface Renderer {
  /** PDF of a Word file or a workbook. */
  toPdf(content: Uint8Array, format: 'docx' | 'xlsx'): Promise<Uint8Array>
  close(): Promise<void>
}

/** Takes some seconds; close it when done. */
export async function startRenderer(): Promise<Renderer> {
  const fonts = await Promise.all(
    FACES.map(async (face) => ({ filename: face.replace('/', '-'), data: await readFile(join(FONTS, face)) })),
  )
  const converter = await createSubprocessConverter({ fonts, wasmPath: join(LIBREOFFICE, 'wasm') })
  return {
    toPdf: async (content, format) =>
      (await converter.convert(content, { outputFormat: 'pdf', inputFormat: format }, `paper.${format}`)).data,
    close: () => converter.destroy(),
  }
}

function open(pdf: Uint8Array) {
  // A copy: the reader takes the bytes away.
  return getDocument({
    data: Uint8Array.from(pdf),
    cMapUrl: `${join(PDFJS, 'cmaps')}/`,
    standardFontDataUrl: `${join(PDFJS, 'standard_fonts')}/`,
    verbosity: 0,
  }).promise
}

/** Where each line of text stands. */
export async function readPages(pdf: Uint8Array): Promise<PaperPage[]> {
  const document = await open(pdf)
  const pages: PaperPage[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const [, , width = 0, height = 0] = page.view
    const { items } = await page.getTextContent()
    const lines = new Map<number, { text: string; x: number }>()
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue
      const y = Math.round(height - Number(item.transform[5]))
      const line = lines.get(y) ?? { text: '', x: Infinity }
      lines.set(y, { text: line.text + item.str, x: Math.min(line.x, Number(item.transform[4])) })
    }
    pages.push({
      width: width * MM_PER_PT,
      height: height * MM_PER_PT,
      lines: [...lines]
        .sort(([a], [b]) => a - b)
        .map(([y, { text, x }]) => ({ text, x: x * MM_PER_PT, y: y * MM_PER_PT })),
    })
  }
  await document.loadingTask.destroy()
  return pages
}

/** A page as a picture, PNG; `number` from 1. */
export async function drawPage(pdf: Uint8Array, number: number, scale = 1.5): Promise<Uint8Array> {
  const document = await open(pdf)
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale })
  // Safe: in Node the factory is that of @napi-rs/canvas, which the types of the browser do not know.
  const factory = document.canvasFactory as {
    create(width: number, height: number): { canvas: { toBuffer(type: 'image/png'): Uint8Array } }
  }
  const { canvas } = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height))
  await page.render({ canvas, viewport } as Parameters<typeof page.render>[0]).promise
  const picture = canvas.toBuffer('image/png')
  await document.loadingTask.destroy()
  return picture
}
