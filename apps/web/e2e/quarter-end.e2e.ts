import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BulletinPage, MeetingPage, SupervisionCaseList, SupervisionCasePage, UnitPage } from '@zhidu/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, openSession, type SignedIn } from './support/accounts.ts'
import { findBarriers } from './support/find-barriers.ts'
import { launchBrowser } from './support/launch-browser.ts'
import { readZip } from './support/read-zip.ts'
import { accountOf, createInstallation, type RunningServer } from './support/run-server.ts'
import { overhang, visit, watchPages } from './support/watch-page.ts'

// One quarter from a check by night to the meeting after the one that spoke of it. What each page does is tried in its own file;
// here it is the quarter that is carried, mostly by the procedures that the pages call.

const QUARTER = '2026Q3'
const NEXT = '2026Q4'
/** The check was made in the quarter, far from any network, and arrives now. */
const CHECKED_AT = Date.parse('2026-09-28T22:40:00+08:00')
/** The days for appeals are over. */
const FORTNIGHT = 'data:text/javascript,const%20n=Date.now;Date.now=()=>n()+1296e6'

type Person = 'clerk' | 'approver' | 'leader' | 'inspector' | 'unit-officer'
const installation = createInstallation()
let demo: RunningServer
let server: RunningServer
let browser: Browser
let people: Record<Person, SignedIn>
const watches: ReturnType<typeof watchPages>[] = []
const inspectionId = randomUUID()
let unitCode = ''
let checkCode = ''
let findingCode = ''
let scoreBefore = 0
let bulletinId = ''

async function signIn(): Promise<Record<Person, SignedIn>> {
  const open = (name: Person): Promise<SignedIn> => openSession(server.url, accountOf(demo, name))
  return {
    clerk: await open('clerk'),
    approver: await open('approver'),
    leader: await open('leader'),
    inspector: await open('inspector'),
    'unit-officer': await open('unit-officer'),
  }
}

/** Asks, or does something, as somebody. Throws unless the server answered. */
async function send<T>(name: Person, procedure: string, input: object, method: 'GET' | 'POST'): Promise<T> {
  const { cookie, url } = people[name]
  const query = method === 'GET' ? `?${new URLSearchParams({ input: JSON.stringify(input) }).toString()}` : ''
  const response = await fetch(`${url}/trpc/${procedure}${query}`, {
    method,
    headers: { cookie, origin: url, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: JSON.stringify(input) }),
  })
  const body: { result?: { data: T } } = JSON.parse(await response.text())
  if (body.result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body)}`)
  return body.result.data
}
const ask = <T>(name: Person, procedure: string, input: object): Promise<T> => send(name, procedure, input, 'GET')
const act = <T>(name: Person, procedure: string, input: object): Promise<T> => send(name, procedure, input, 'POST')

async function openPage(name: Person, path: string, width = 1440): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: 'zh-CN',
  })
  await enter(context, people[name])
  watches.push(watchPages(context, server.url))
  const page = await context.newPage()
  await visit(page, server.url + path)
  return page
}

const unitPage = (): Promise<UnitPage> => ask('unit-officer', 'unit.get', { unitCode, quarter: QUARTER })

beforeAll(async () => {
  const [started, launched] = await Promise.all([installation.serve(['--demo']), launchBrowser()])
  demo = started
  server = started
  browser = launched
  people = await signIn()
  unitCode = accountOf(demo, 'unit-officer').unitCode ?? ''
})
afterAll(async () => {
  await browser?.close()
  await installation.remove()
})

test('what a check found costs nothing until the unit was heard, then it does, and is put right', async () => {
  scoreBefore = (await unitPage()).row?.score ?? 0
  const elapsed = Date.now() - CHECKED_AT
  await act('inspector', 'inspection.submit', {
    format: 1,
    inspectionId,
    unitCode,
    method: 'video',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: '夜间抽查',
    inspectors: ['演示督查员'],
    checklist: { id: 'phone', version: 1 },
    start: { session: 'night', monotonicMs: 0, wallMs: CHECKED_AT },
    anchors: [{ session: 'night', monotonicMs: elapsed, wallMs: Date.now(), serverMs: Date.now(), roundTripMs: 1 }],
    elapsedMs: 60_000,
    attempts: [],
    callBack: null,
    signals: [],
    answers: [{ item: 'log', answer: 'no', note: null, files: [] }],
    startPlace: 'not_asked',
    endPlace: 'not_asked',
    readBack: null,
    files: [],
    metPerson: null,
    metPost: null,
    note: null,
  })
  await act('clerk', 'case.notify', { inspectionIds: [inspectionId] })
  const { items } = await ask<SupervisionCaseList>('clerk', 'case.list', { view: 'all' })
  const found = items.find((one) => one.inspectionId === inspectionId)
  const caseId = found?.caseId ?? ''
  const steps = async () => (await ask<SupervisionCasePage>('clerk', 'case.get', { caseId })).steps.length
  expect((await unitPage()).row?.score).toBe(scoreBefore)
  await act('unit-officer', 'case.answer', {
    kind: 'explained',
    caseId,
    steps: await steps(),
    note: '日志记在旧本上，已补记',
    files: [],
  })
  await act('approver', 'case.handle', {
    kind: 'confirmed',
    caseId,
    steps: await steps(),
    note: '当夜无记录，予以认定',
  })
  const after = await unitPage()
  checkCode = found?.checkCode ?? ''
  const [deducted, ...others] = after.deductions.filter(({ ref }) => ref === checkCode)
  findingCode = deducted?.code ?? ''
  expect(others).toEqual([])
  expect(after.row?.score ?? 0).toBeLessThan(scoreBefore)

  const lastDay = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
  const order = { owner: '办公室负责人', lastDay, note: '补齐记录，每班核对' }
  await act('clerk', 'case.handle', { kind: 'ordered', caseId, steps: await steps(), ...order })
  const done = { kind: 'submitted', caseId, note: '已补齐', files: [] }
  await act('unit-officer', 'case.answer', { ...done, steps: await steps() })
  await act('approver', 'case.handle', { kind: 'closed', caseId, steps: await steps(), note: null })
  const page = await openPage('clerk', `/cases/${caseId}`)
  await page.getByText('办结').first().waitFor()
  expect(await findBarriers(page)).toEqual([])
})

test('the draft goes out, one deduction is appealed and taken back, two approve, the quarter is frozen and verified', async () => {
  await act('clerk', 'assessment.prepare', { kind: 'drafted', quarter: QUARTER, steps: 0 })
  const draft = await unitPage()
  const [appealed] = draft.deductions.filter(({ ref }) => ref !== checkCode)
  if (appealed === undefined) throw new RangeError('nothing to appeal')
  const { at, code, ref } = appealed
  const { appealId } = await act<{ appealId: string }>('unit-officer', 'appeal.begin', {
    quarter: QUARTER,
    ref,
    code,
    at,
    note: '系统停运，附记录',
  })
  const own = { appealId, note: '系统停运，附记录', files: [] }
  await act('unit-officer', 'appeal.answer', { kind: 'submitted', steps: 1, ...own })
  await act('clerk', 'appeal.decide', { kind: 'accepted', appealId, steps: 2 })
  await act('clerk', 'appeal.decide', { kind: 'upheld', appealId, steps: 3, note: '记录属实' })
  const after = await unitPage()
  expect(after.deductions).toHaveLength(draft.deductions.length - 1)
  expect(after.deductions.some((one) => one.ref === ref && one.code === code && one.at === at)).toBe(false)

  await server.stop()
  server = await installation.serve([], { NODE_OPTIONS: `--import=${FORTNIGHT}` })
  people = await signIn()
  await act('approver', 'assessment.approve', { quarter: QUARTER, steps: 1, marksAppeals: false })
  const freeze = { quarter: QUARTER, confirm: QUARTER }
  await expect(act('approver', 'quarter.freeze', freeze)).rejects.toThrow('freeze_not_approved')
  await act('leader', 'assessment.approve', { quarter: QUARTER, steps: 2, marksAppeals: false })
  await act('approver', 'quarter.freeze', freeze)
  await expectVerified(1)
  expect((await unitPage()).row?.score).toBe(after.row?.score)
})

async function expectVerified(version: number): Promise<void> {
  await expect
    .poll(() => ask<{ equal: boolean }>('approver', 'quarter.verify', { quarter: QUARTER, version }), {
      timeout: 30_000,
    })
    .toMatchObject({ equal: true })
}

/** Gives the bulletin its number, and has it published by another person. */
async function publish(id: string, number: string): Promise<void> {
  const { document, item } = await ask<BulletinPage>('clerk', 'bulletin.get', { bulletinId: id })
  const paragraph = document.paragraphs.find(({ style }) => style === 'number')
  if (paragraph === undefined) throw new RangeError('no number')
  const edits = [{ kind: 'replace', paragraph: { ...paragraph, runs: [{ kind: 'text', text: number }] } }]
  const { revision } = await act<{ revision: number }>('clerk', 'bulletin.save', {
    bulletinId: id,
    revision: item.revision,
    edits,
  })
  await act('clerk', 'bulletin.submit', { bulletinId: id, revision })
  await act('approver', 'bulletin.publish', { bulletinId: id, revision })
}

test('the bulletin is published by another than who wrote it; its figures lead to their evidence, its page is that of the standard', async () => {
  bulletinId = (await act<{ bulletinId: string }>('clerk', 'bulletin.create', { quarter: QUARTER })).bulletinId
  await publish(bulletinId, '值班通报〔2026〕3号')
  const page = await openPage('leader', `/bulletins/${bulletinId}`)
  await page.getByText('已发布').first().waitFor()
  const figure = page.locator(`.bulletin-paper a.figure[href*="finding=${findingCode}"]`).first()
  const written = await figure.textContent()
  await figure.click()
  await page.getByText(checkCode).first().waitFor()
  expect(await page.locator('tbody tr').count()).toBe(Number(written))
  await page.goBack()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载 Word').click()])
  const word = readZip(readFileSync(await download.path())).get('word/document.xml') ?? ''
  const [section = ''] = /<w:sectPr>.*?<\/w:sectPr>/.exec(word) ?? []
  expect(section).toContain('<w:pgSz w:w="11906" w:h="16838"/>')
  expect(section).toContain('<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"')
  expect(section).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
})

test('what comes late goes into a supplement, and the bulletin is corrected by its difference', async () => {
  const csv = `check_code,unit_code,method,checked_at,inspectors,findings,note\nKC-LATE,${unitCode},onsite,2026-08-09 22:10:00,甲;乙,absent,\n`
  const sent = await fetch(`${server.url}/files/imports?kind=checks&fileName=late.csv`, {
    method: 'POST',
    headers: { cookie: people.clerk.cookie, origin: server.url, 'content-type': 'text/csv' },
    body: csv,
  })
  const { importId }: { importId: string } = JSON.parse(await sent.text())
  const commit = { importId, acceptValid: false }
  await expect
    .poll(() => act('clerk', 'import.commit', commit).then(() => 'sent', String), { timeout: 20_000 })
    .toBe('sent')
  const supplement = { quarter: QUARTER, confirm: QUARTER, reason: '补录一次抽查' }
  await expect
    .poll(() => act('approver', 'quarter.supplement', supplement).then(() => 'done', String), {
      timeout: 30_000,
      interval: 500,
    })
    .toBe('done')
  await expectVerified(2)
  await expectVerified(1)
  const correction = await act<{ bulletinId: string }>('clerk', 'bulletin.correct', { bulletinId })
  await publish(correction.bulletinId, '值班通报〔2026〕4号')
  const page = await openPage('unit-officer', `/units/${unitCode}?quarter=${QUARTER}`, 390)
  await page.getByText('脱岗').first().waitFor()
  expect(await overhang(page)).toBe(0)
  const paper = await openPage('leader', `/bulletins/${correction.bulletinId}`)
  await paper.getByText('更正缘由：补录一次抽查。').waitFor()
  expect(await paper.locator('.bulletin-paper').textContent()).toContain('《关于2026年第三季度')
})

test('the meeting’s decision opens the agenda of the next one', async () => {
  const { meetingId } = await act<{ meetingId: string }>('clerk', 'meeting.create', {
    quarter: QUARTER,
    title: '三季度值班工作座谈会',
  })
  const lastDay = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  await act('clerk', 'meeting.decide', {
    meetingId,
    unitCode,
    what: '每班核对值班记录，月底报送自查情况',
    report: '自查情况',
    owner: '办公室负责人',
    lastDay,
    indicator: null,
  })
  const next = await act<{ meetingId: string }>('clerk', 'meeting.create', {
    quarter: NEXT,
    title: '四季度值班工作座谈会',
  })
  const { agenda } = await ask<MeetingPage>('leader', 'meeting.get', { meetingId: next.meetingId })
  expect(agenda.document.items[0]?.text).toContain('每班核对值班记录')
  const page = await openPage('leader', `/meetings/${next.meetingId}`)
  await page.getByText('每班核对值班记录').first().waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(watches.flatMap(({ troubles }) => troubles)).toEqual([])
})
