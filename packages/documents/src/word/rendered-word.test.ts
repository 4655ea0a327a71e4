import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPages, type Renderer, startRenderer } from '../testing/render-paper.ts'
import type { WordBlock, WordDocument } from './word-model.ts'
import { toWord } from './write-word.ts'

/** It is a whole LibreOffice; a busy machine takes its time. */
const START_MS = 300_000
let renderer: Renderer
beforeAll(async () => {
  renderer = await startRenderer()
}, START_MS)
afterAll(() => renderer.close())

function toDocument(blocks: readonly WordBlock[]): WordDocument {
  return {
    title: '通报',
    author: '市总值班室',
    createdAt: Date.parse('2026-10-08T00:00:00+08:00'),
    properties: [],
    sections: [{ paper: 'a4', blocks }],
  }
}

async function render(blocks: readonly WordBlock[]) {
  const chunks: Uint8Array[] = []
  for await (const chunk of toWord(toDocument(blocks))) chunks.push(chunk)
  return await readPages(await renderer.toPdf(Buffer.concat(chunks), 'docx'))
}

const RENDER_MS = 300_000
/** mm: what rounding to points may move a line. */
const NEAR = 0.5

it(
  'a page has 22 lines of 28 characters within the margins, its number outside: as LibreOffice lays it out',
  async () => {
    const text = '值班通报'.repeat(400)
    const pages = await render([{ kind: 'paragraph', style: 'indented', runs: [{ text }] }])
    expect(pages.map(({ height, width }) => [Math.round(width), Math.round(height)])).toEqual(
      Array.from({ length: 3 }, () => [210, 297]),
    )
    const [first, second] = pages.map(({ lines }) => lines)
    const [opening, next] = first ?? []
    // Two characters of 16 pt, a quarter of a point less apart.
    expect(opening?.x).toBeCloseTo(28 + (2 * 15.75 * 25.4) / 72, 0)
    expect(Math.abs((next?.x ?? 0) - 28)).toBeLessThan(NEAR)
    expect(first?.map(({ text: line }) => line.length)).toEqual([26, ...Array.from({ length: 21 }, () => 28), 5])
    const body = first?.slice(0, -1) ?? []
    expect((body.at(-1)?.y ?? 0) - (body[0]?.y ?? 0)).toBeCloseTo((21 * 28.95 * 25.4) / 72, 0)
    expect(body.every(({ y }) => y > 37 && y < 297 - 35)).toBe(true)
    const [odd, even] = [first?.at(-1), second?.at(-1)]
    expect([odd?.text, even?.text]).toEqual(['— 1 —', '— 2 —'])
    expect((odd?.x ?? 0) > 150 && (even?.x ?? 0) < 40).toBe(true)
  },
  RENDER_MS,
)

it(
  'a long table repeats its titles on every page, whole and in one line each, and keeps every row',
  async () => {
    const units = Array.from({ length: 60 }, (_, at) => `第${at + 1}单位`)
    const titles = ['名次', '单位', '可能名次']
    const pages = await render([
      {
        kind: 'table',
        widths: [16, 60, 18],
        header: [titles.map((title) => ({ text: title }))],
        rows: units.map((unit, at) => [{ text: `并列 ${at + 1}` }, { text: unit }, { text: `${at}–${at + 9}` }]),
        size: 9,
        rowHeight: 6,
      },
    ])
    expect(pages.length).toBe(2)
    for (const { lines } of pages) expect(lines[0]?.text.replaceAll(' ', '')).toBe(titles.join(''))
    const rows = pages.flatMap(({ lines }) => lines.slice(1, -1).map(({ text }) => text.replaceAll(' ', '')))
    expect(rows).toEqual(units.map((unit, at) => `并列${at + 1}${unit}${at}–${at + 9}`))
  },
  RENDER_MS,
)
