import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawPage, readPages, type Renderer, startRenderer } from '@zhidu/documents/testing-paper'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import { createBulletin } from './create-bulletin.ts'
import { exportBulletinFile } from './export-bulletin.ts'

/** Where pictures of the pages are left to be looked at. */
const PICTURES = join(import.meta.dirname, '../../../../.toolchain/test-reports/paper')
/** It is a whole LibreOffice; a busy machine takes its time. */
const RENDER_MS = 300_000

let office: DrawOffice
let renderer: Renderer
let bulletinId: string
beforeAll(async () => {
  const [started, made] = await Promise.all([startRenderer(), createDrawOffice()])
  renderer = started
  office = made
  await freezeQuarter(office.ctx, {
    quarter: toQuarter('2026Q3'),
    asOf: EXAMPLE_AS_OF,
    supplement: null,
    programVersion: '0.0.0-test',
  })
  bulletinId = (await createBulletin(office.as('clerk'), { quarter: toQuarter('2026Q3') })).bulletinId
}, RENDER_MS)
afterAll(async () => {
  await renderer?.close()
  await office?.database.close()
})

async function toPaper(file: string, format: 'docx' | 'xlsx') {
  const { body } = await exportBulletinFile(office.as('leader'), { bulletinId, file, paper: 'a3' })
  const pdf = await renderer.toPdf(new Uint8Array(await new Response(body).arrayBuffer()), format)
  const pages = await readPages(pdf)
  mkdirSync(PICTURES, { recursive: true })
  for (const number of pages.keys()) {
    writeFileSync(join(PICTURES, `${file}-${number + 1}.png`), await drawPage(pdf, number + 1))
  }
  const sizes = pages.map(({ height, width }) => `${Math.round(width)}×${Math.round(height)}`)
  const texts = pages.map(({ lines }) => lines.map(({ text }) => text.replaceAll(' ', '')))
  return { sizes, texts }
}

it(
  'the bulletin on paper: mark, number, title and text upright, each annex across on pages of its own',
  async () => {
    const { sizes, texts } = await toPaper('bulletin.docx', 'docx')
    const [first = []] = texts
    expect(first.slice(0, 3).map((line) => line.replace(/^.*(文件|号)$/, '$1'))).toEqual([
      '文件',
      '号',
      expect.stringContaining('关于2026年第三季度'),
    ])
    const text = texts.findIndex((lines) => lines.includes('附件1'))
    expect(text).toBeGreaterThan(1)
    expect(sizes.slice(0, text)).toEqual(Array.from({ length: text }, () => '210×297'))
    expect(new Set(sizes.slice(text))).toEqual(new Set(['297×210']))
    // Titles of columns that are two characters or more wide stand in one line, whole.
    expect(texts[text]?.join('\n')).toMatch(/名次.*单位|分项得分/)
    expect(texts[text]?.some((line) => line.includes('可能名次'))).toBe(true)
    expect(texts.map((lines) => lines.at(-1))).toEqual(texts.map((_, at) => `—${at + 1}—`))
  },
  RENDER_MS,
)

it(
  'an annex as a workbook is as wide as one sheet of A3',
  async () => {
    const { sizes, texts } = await toPaper('annex-1.xlsx', 'xlsx')
    expect(sizes).toEqual(['420×297'])
    expect(texts[0]?.[0]).toBe('附件1')
    expect(texts[0]?.at(-1)).toMatch(/清单SHA-256[0-9a-f]{64}$/)
  },
  RENDER_MS,
)
