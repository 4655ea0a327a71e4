import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { all, readWord, textOf } from '@zhidu/documents/testing-word'
import { type BulletinDocument, type BulletinEdit, textOfParagraph, toQuarter } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { getLeagueStanding } from '../league/ranges/get-standing.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import { checkBulletin } from './check-bulletin.ts'
import { correctBulletin } from './correct-bulletin.ts'
import { createBulletin } from './create-bulletin.ts'
import { exportBulletinFile } from './export-bulletin.ts'
import { getBulletin, getBulletinRevision } from './get-bulletin.ts'
import { getBulletinList } from './list-bulletins.ts'
import { publishBulletin, returnBulletin, submitBulletin } from './publish-bulletin.ts'
import { rebindBulletin, saveBulletin } from './save-bulletin.ts'
import { writeBulletinFiles } from './write-bulletin-files.ts'

const Q3 = toQuarter('2026Q3')
const PROGRAM = { programVersion: '0.0.0-test' }

let office: DrawOffice
let bulletinId: string

beforeAll(async () => {
  office = await createDrawOffice()
  await freezeQuarter(office.ctx, { quarter: Q3, asOf: EXAMPLE_AS_OF, supplement: null, ...PROGRAM })
  bulletinId = (await createBulletin(office.as('clerk'), { quarter: Q3 })).bulletinId
})
afterAll(() => office?.database.close())

async function documentNow(): Promise<{ readonly document: BulletinDocument; readonly revision: number }> {
  const { document, item } = await getBulletin(office.as('clerk'), { bulletinId })
  return { document, revision: item.revision }
}

/** Replaces the words of a paragraph that holds no figure. */
function reworded(document: BulletinDocument, style: string, text: string): BulletinEdit {
  const paragraph = document.paragraphs.find((one) => one.style === style)
  if (paragraph === undefined) throw new RangeError(style)
  return { kind: 'replace', paragraph: { ...paragraph, runs: [{ kind: 'text', text }] } }
}

/** Another text in the first field of a key. */
function withFigure(document: BulletinDocument, key: string, text: string, reason: string | null): BulletinEdit {
  const paragraph = document.paragraphs.find(({ runs }) => runs.some((run) => run.kind === 'field' && run.key === key))
  if (paragraph === undefined) throw new RangeError(key)
  const runs = paragraph.runs.map((run) => (run.kind === 'field' && run.key === key ? { ...run, text, reason } : run))
  return { kind: 'replace', paragraph: { ...paragraph, runs } }
}

async function bytesOf(file: string, id = bulletinId): Promise<Uint8Array> {
  const { body } = await exportBulletinFile(office.as('leader'), { bulletinId: id, file, paper: 'a3' })
  return new Uint8Array(await new Response(body).arrayBuffer())
}

describe('a draft', () => {
  it('tells the frozen quarter part by part, every figure of it bound to its version', async () => {
    const { annexes, check, document, isPreviousMissing } = await getBulletin(office.as('leader'), { bulletinId })
    const text = document.paragraphs.map(textOfParagraph).join('\n')
    expect(document.paragraphs.filter(({ style }) => style === 'heading').map(textOfParagraph)).toEqual([
      '一、总体情况',
      '二、信息报送',
      '三、值班抽查',
      '四、节假日材料',
      '五、存在问题',
      '六、下一步要求',
    ])
    expect(text).toContain('关于2026年第三季度全市政府系统值班工作情况的通报')
    expect(check.fields.length).toBeGreaterThan(40)
    expect(check.fields.every(({ field, state }) => state === 'same' && field.version === 1)).toBe(true)
    expect(check.loose).toEqual([])
    expect(check.problems).toEqual(['number'])
    expect(isPreviousMissing).toBe(true)
    expect(text).not.toContain('上季度')
    expect(annexes.map(({ file, title }) => [file, title])).toEqual([
      ['annex-1.xlsx', '市直组值班工作考核排名表'],
      ['annex-2.xlsx', '县区组值班工作考核排名表'],
      ['annex-3.xlsx', '独组值班工作考核排名表'],
      ['annex-4.xlsx', '扣分明细表'],
    ])
  })

  it('is one for each quarter and office; an office that is not there yet has none, and nothing of others is seen', async () => {
    await expect(createBulletin(office.as('second'), { quarter: Q3 })).rejects.toMatchObject({
      reason: 'bulletin_there',
    })
    await expect(createBulletin(office.as('clerk'), { quarter: toQuarter('2026Q2') })).rejects.toMatchObject({
      reason: 'quarter_not_frozen',
    })
    const list = await getBulletinList(office.as('county'))
    expect(list.items).toEqual([])
    await expect(getBulletin(office.as('county'), { bulletinId })).rejects.toMatchObject({ reason: 'bulletin_unknown' })
    const edits = [reworded((await documentNow()).document, 'title', '别处')]
    await expect(saveBulletin(office.as('county'), { bulletinId, revision: 1, edits })).rejects.toMatchObject({
      reason: 'bulletin_unknown',
    })
  })
})

it('says of the order of a frozen table what the running one said, whoever asks', async () => {
  const table = { quarter: Q3, group: '市直组' }
  const { codes, rankability } = await getLeagueStanding(office.as('leader'), table)
  const running = await getLeagueStanding(office.as('leader'), { ...table, asOf: EXAMPLE_AS_OF })
  expect(codes.length).toBeGreaterThan(5)
  expect([codes, rankability]).toEqual([running.codes, running.rankability])
})

describe('two clerks', () => {
  it('on different paragraphs are merged; on the same one the second is told and nothing is lost', async () => {
    const { document, revision } = await documentNow()
    const first = [reworded(document, 'recipients', '各县（市、区）人民政府：')]
    const second = [reworded(document, 'number', '值班通报〔2026〕3号')]
    await saveBulletin(office.as('clerk'), { bulletinId, revision, edits: first })
    const merged = await saveBulletin(office.as('second'), { bulletinId, revision, edits: second })
    expect(merged.revision).toBe(revision + 2)
    const now = await documentNow()
    const text = now.document.paragraphs.map(textOfParagraph)
    expect(text).toContain('各县（市、区）人民政府：')
    expect(text).toContain('值班通报〔2026〕3号')
    const late = [reworded(document, 'recipients', '市直各有关单位：'), reworded(document, 'title', '另一个标题')]
    await expect(saveBulletin(office.as('second'), { bulletinId, revision, edits: late })).rejects.toMatchObject({
      reason: 'bulletin_paragraph_changed',
      params: { count: '1', by: 'second' },
    })
    expect((await documentNow()).revision).toBe(now.revision)
    const base = await getBulletinRevision(office.as('second'), { bulletinId, revision })
    expect(base.document.paragraphs.map(textOfParagraph)).not.toContain('各县（市、区）人民政府：')
  })

  it('at the same moment leave two revisions, one on the other', async () => {
    const { document, revision } = await documentNow()
    await Promise.all([
      saveBulletin(office.as('clerk'), { bulletinId, revision, edits: [reworded(document, 'date', '2026年10月12日')] }),
      saveBulletin(office.as('second'), {
        bulletinId,
        revision,
        edits: [reworded(document, 'signature', '市总值班室')],
      }),
    ])
    const now = await documentNow()
    expect(now.revision).toBe(revision + 2)
    const text = now.document.paragraphs.map(textOfParagraph)
    expect([text.includes('2026年10月12日'), text.includes('市总值班室')]).toEqual([true, true])
  })
})

describe('publication', () => {
  it('is refused while a figure changed by hand has no reason, and by whoever wrote', async () => {
    const { document, revision } = await documentNow()
    const changed = [withFigure(document, 'all/owed', '999', null)]
    const saved = await saveBulletin(office.as('clerk'), { bulletinId, revision, edits: changed })
    const check = await checkBulletin(office.as('clerk'), { bulletinId })
    const bad = check.fields.filter(({ state }) => state !== 'same')
    expect(bad.map(({ bound, field, state }) => [field.key, field.text, state, bound === field.text])).toEqual([
      ['all/owed', '999', 'changed', false],
    ])
    expect(check.problems).toEqual(['unexplained'])
    await expect(submitBulletin(office.as('clerk'), saved)).rejects.toMatchObject({ reason: 'bulletin_unexplained' })
    const explained = [withFigure((await documentNow()).document, 'all/owed', '999', '含跨季事件')]
    const again = await saveBulletin(office.as('clerk'), { ...saved, edits: explained })
    await expect(publishBulletin(office.as('approver'), again)).rejects.toMatchObject({
      reason: 'bulletin_not_submitted',
    })
    await submitBulletin(office.as('clerk'), again)
    await returnBulletin(office.as('approver'), { ...again, reason: '数字照快照写' })
    const bound = check.fields.find(({ field }) => field.key === 'all/owed')?.bound ?? ''
    const put = [withFigure((await documentNow()).document, 'all/owed', bound, null)]
    const last = await saveBulletin(office.as('clerk'), { ...again, edits: put })
    await submitBulletin(office.as('clerk'), last)
    await expect(publishBulletin(office.as('clerk'), last)).rejects.toMatchObject({ reason: 'bulletin_own' })
    await expect(publishBulletin(office.as('approver'), again)).rejects.toMatchObject({ reason: 'bulletin_changed' })
    await publishBulletin(office.as('approver'), last)
    const { item, steps } = await getBulletin(office.as('leader'), { bulletinId })
    expect(item).toMatchObject({ state: 'published', publishedBy: 'approver' })
    expect(steps.map(({ kind }) => kind).slice(0, 3)).toEqual(['published', 'submitted', 'revised'])
  })

  it('ends all writing, at the service and in the database', async () => {
    const { document, revision } = await documentNow()
    const edits = [reworded(document, 'title', '改一改')]
    for (const attempt of [
      () => saveBulletin(office.as('second'), { bulletinId, revision, edits }),
      () => rebindBulletin(office.as('clerk'), { bulletinId, revision }),
      () => submitBulletin(office.as('clerk'), { bulletinId, revision }),
      () => publishBulletin(office.as('approver'), { bulletinId, revision }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ reason: 'bulletin_published', params: { by: 'approver' } })
    }
    const insert = `insert into bulletin_revision select bulletin_id, revision + 1, unit_code, revision, document, at, by_name, by_id
      from bulletin_revision where bulletin_id = $1 order by revision desc limit 1`
    await expect(office.database.pool.query(insert, [bulletinId])).rejects.toMatchObject({ code: '42501' })
    await expect(
      office.database.pool.query(`update bulletin_revision set document = '{}' where bulletin_id = $1`, [bulletinId]),
    ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the files', () => {
  it('are an official document whose every figure is a field, with a table for every group', async () => {
    const { document } = await documentNow()
    const { document: word, part, sections, tables } = await readWord(await bytesOf('bulletin.docx'))
    const fields = document.paragraphs.flatMap(({ runs }) => runs.filter((run) => run.kind === 'field'))
    expect(all(word, 'w:instrText')).toHaveLength(fields.length)
    const properties = all(part('docProps/custom.xml'), 'property')
    expect(properties.map(({ attributes }) => attributes['name']).slice(0, 4)).toEqual([
      'ZhiduQuarter',
      'ZhiduVersion',
      'ZhiduManifest',
      'ZD0001',
    ])
    expect(properties.slice(3).map(({ children }) => children[0]?.text)).toEqual(fields.map(({ text }) => text))
    expect(sections).toHaveLength(5)
    const text = textOf(word)
    for (const one of ['附件1', '附件2', '附件4', '附件：1. 市直组值班工作考核排名表', '值班通报〔2026〕3号']) {
      expect(text).toContain(one)
    }
    expect(tables.map((table) => all(table, 'w:tblHeader').length)).toEqual([1, 2, 2, 2, 1])
    expect(Buffer.from(await bytesOf('bulletin.docx')).equals(Buffer.from(await bytesOf('bulletin.docx')))).toBe(true)
  })

  it('have every row as workbooks, with merged titles, a total and an area to print', async () => {
    const { annexes } = await getBulletin(office.as('leader'), { bulletinId })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await bytesOf('annex-2.xlsx')).buffer as ArrayBuffer)
    const sheet = book.worksheets[0]
    if (sheet === undefined) throw new RangeError('no sheet')
    expect(sheet.getCell('A1').text).toBe('附件2')
    expect(sheet.getCell('A4').isMerged && sheet.getCell('A5').master.address === 'A4').toBe(true)
    expect(sheet.pageSetup).toMatchObject({ paperSize: 8, orientation: 'landscape', printTitlesRow: '4:5' })
    expect(sheet.pageSetup.printArea).toMatch(/^A1:[A-Z]+\d+$/)
    const rows = sheet.getRows(6, sheet.rowCount - 5) ?? []
    const names = rows.map((row) => row.getCell(2).text)
    const count = annexes[1]?.rowCount ?? 0
    expect(names.indexOf(`全组 ${count} 家，平均／合计`)).toBe(count)
    expect(new Set(names.slice(0, count)).size).toBe(count)
    const { fileName } = await exportBulletinFile(office.as('leader'), {
      bulletinId,
      file: 'annex-1.xlsx',
      paper: 'a4',
    })
    expect(fileName).toBe('2026年第三季度值班工作情况通报（附表1）_20261120.xlsx')
    const detail = new ExcelJS.Workbook()
    await detail.xlsx.load((await bytesOf('annex-4.xlsx')).buffer as ArrayBuffer)
    const lines = detail.worksheets[0]?.getRows(6, detail.worksheets[0].rowCount - 5) ?? []
    expect(lines.filter((line) => line.getCell(3).text !== '小计')).toHaveLength(annexes[3]?.rowCount ?? 0)
  })

  it('are written by a command at the machine as well, from what the office wrote', async () => {
    const names: string[] = []
    const written = await writeBulletinFiles(office.ctx, {
      quarter: Q3,
      write: async (name, content) => {
        for await (const chunk of content) expect(chunk.length).toBeGreaterThanOrEqual(0)
        names.push(name)
      },
    })
    expect(written).toMatchObject({ office: 'J00', isWritten: true, version: 1 })
    expect(names).toEqual(written.files)
    expect(names).toHaveLength(5)
  })
})

describe('a supplement of the quarter', () => {
  it('leaves what was published as it was, and gives a correction that is the difference', async () => {
    await expect(correctBulletin(office.as('clerk'), { bulletinId })).rejects.toMatchObject({
      reason: 'correction_not_needed',
    })
    const folder = mkdtempSync(join(tmpdir(), 'zhidu-bulletin-'))
    const path = join(folder, 'checks.csv')
    const line = 'K-LATE,D01,onsite,2026-08-09 22:10:00,甲;乙,absent,'
    writeFileSync(path, `check_code,unit_code,method,checked_at,inspectors,findings,note\n${line}\n`)
    const file = { kind: 'checks', path, fileName: 'checks.csv', dryRun: false, acceptValid: false } as const
    expect(await importFile(office.ctx, { ...file, language: 'en' })).toMatchObject({ created: 1, rejected: 0 })
    rmSync(folder, { recursive: true, force: true })
    const supplement = { reason: '补录一次抽查' }
    await freezeQuarter(office.ctx, { quarter: Q3, supplement, ...PROGRAM })
    const { check, item } = await getBulletin(office.as('leader'), { bulletinId })
    expect([item.version, item.newestVersion]).toEqual([1, 2])
    expect(check.fields.every(({ state }) => state === 'same')).toBe(true)
    const correction = await correctBulletin(office.as('clerk'), { bulletinId })
    await expect(correctBulletin(office.as('second'), { bulletinId })).rejects.toMatchObject({
      reason: 'correction_open',
    })
    const page = await getBulletin(office.as('clerk'), correction)
    const text = page.document.paragraphs.map(textOfParagraph)
    expect(text[2]).toContain('关于更正《关于2026年第三季度')
    expect(text.join('')).toContain('更正缘由：补录一次抽查。')
    expect(text.filter((one) => one.startsWith('原文：'))).toHaveLength(
      text.filter((one) => one.startsWith('更正为：')).length,
    )
    expect(text.filter((one) => one.startsWith('原文：')).length).toBeGreaterThan(0)
    expect(page.check.problems).toEqual(['number'])
    expect(page.check.fields.every(({ field }) => field.version === 2)).toBe(true)
    const word = await readWord(await bytesOf('bulletin.docx', correction.bulletinId))
    expect(textOf(word.document)).toContain('更正前后对照表')
    const { corrections } = await getBulletin(office.as('leader'), { bulletinId })
    expect(corrections).toEqual([{ bulletinId: correction.bulletinId, version: 2, state: 'draft' }])
  })
})
