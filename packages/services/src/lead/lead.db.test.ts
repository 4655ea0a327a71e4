import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HandleLeadInput, LeadPage, RecordLeadsInput, ReportDocument } from '@zhidu/contract'
import { isUnitUsed } from '@zhidu/db'
import { type Category, toLocalIso, toPlainDate, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { listGaps } from '../assessment/list-gaps.ts'
import { prepareDraw } from '../draw/prepare-draw.ts'
import { getMisreport } from '../misreport/get-misreport.ts'
import { sendReport } from '../reporting/send-report.ts'
import { importFile } from '../import/import-file.ts'
import { withReach, withSnapshot } from '../snapshot.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { CHECKED_NOW } from '../testing/inspection-document.ts'
import { getLead } from './get-lead.ts'
import { handleLead } from './handle-lead.ts'
import { answerInquiry, listInquiries } from './inquiries.ts'
import { getLeadsWaiting, listLeads } from './list-leads.ts'
import { getLeadPlaces, saveLeadPlaces } from './places.ts'
import { getQuiet, markQuiet } from './quiet.ts'
import { recordLeads, reviseLead } from './record-leads.ts'

const DAY = 86_400_000
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
beforeAll(async () => {
  office = await createDrawOffice()
})
const folder = mkdtempSync(join(tmpdir(), 'zhidu-leads-test-'))
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await office?.database.close()
})

/** Asks as somebody, so many days after Friday, 20 November. */
function at(person: Person, days = 0): ServiceContext {
  return { ...office.as(person), clock: () => CHECKED_NOW + days * DAY }
}

const SEEN: RecordLeadsInput['leads'][number] = {
  source: 'media',
  seenAt: toLocalIso(CHECKED_NOW - 3_600_000),
  occurredAt: toLocalIso(CHECKED_NOW - 5 * 3_600_000),
  place: '河口大桥',
  unitCode: 'D01',
  category: 'accident',
  summary: '晚报记者李某报道：河口大桥两车相撞',
  deaths: null,
  injuries: 2,
  guid: null,
  link: null,
}
async function record(change: Partial<typeof SEEN> = {}, channel: RecordLeadsInput['channel'] = 'typed') {
  return await recordLeads(at('clerk'), { channel, title: null, leads: [{ ...SEEN, ...change }] })
}
async function lead(change: Partial<typeof SEEN> = {}): Promise<string> {
  return (await record(change)).leadCodes[0] ?? ''
}
const page = (leadCode: string, person: Person = 'clerk', days = 0): Promise<LeadPage> =>
  getLead(at(person, days), { leadCode })

type Step<T> = T extends { leadCode: string } ? Omit<T, 'leadCode' | 'steps'> : never
async function handle(leadCode: string, step: Step<HandleLeadInput>, days = 0, person: Person = 'clerk') {
  const { steps } = await page(leadCode, 'clerk', days)
  const seen = steps.filter(({ party }) => party === 'office').length
  await handleLead(at(person, days), { ...step, leadCode, steps: seen } as HandleLeadInput)
}
const ASK = {
  kind: 'inquired',
  unitCode: 'D01',
  question: '河口大桥是否发生事故，是否上报？',
  place: '河口大桥',
  toldAt: null,
} as const
async function explain(days = 0, eventCode: string | null = null): Promise<void> {
  const list = await listInquiries(at('officer', days))
  const open = list.items.find(({ isExplained, outcome }) => !isExplained && outcome === null)
  if (open === undefined) throw new RangeError('nothing was asked')
  const about = { inquiryId: open.inquiryId, steps: open.steps.length }
  await answerInquiry(at('officer', days), { ...about, kind: 'explained', note: '当班未接报', eventCode, files: [] })
}

describe('a lead that no report matches', () => {
  it('becomes a case against the unit only after it was asked and explained', async () => {
    const code = await lead()
    expect((await page(code)).item).toMatchObject({
      state: 'open',
      turn: 'office',
      isMine: true,
      unitName: expect.any(String),
    })
    await expect(handle(code, { kind: 'omitted', note: '未上报' })).rejects.toMatchObject({ reason: 'lead_not_now' })
    await handle(code, ASK)
    expect((await page(code)).item).toMatchObject({
      state: 'awaiting_explanation',
      turn: 'unit',
      lastDay: '2026-11-25',
    })
    await expect(handle(code, { kind: 'omitted', note: '未上报' })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'lead_waits_for_explanation',
    })
    expect((await getLeadsWaiting(at('officer'))).inquiries).toBe(1)
    await explain()
    expect((await getLeadsWaiting(at('officer'))).inquiries).toBe(0)
    await handle(code, { kind: 'omitted', note: '媒体所报属实，单位未报' })
    const now = await page(code)
    expect(now.item).toMatchObject({ state: 'omitted', turn: null })
    expect(now.steps.map(({ kind }) => kind)).toEqual(['inquired', 'explained', 'omitted'])
    const caseId = now.steps.at(-1)?.misreportId ?? ''
    const opened = await getMisreport(at('officer'), { caseId })
    expect(opened.item).toMatchObject({ kind: 'omitted', state: 'opened', source: 'media', unitCode: 'D01' })
    await expect(handle(code, { kind: 'reopened', note: '再查' })).rejects.toMatchObject({ reason: 'lead_not_now' })
    expect((await listInquiries(at('officer'))).items[0]).toMatchObject({ outcome: 'omitted', mayAnswer: false })
  })

  it('goes on without an explanation once the days are over, not on the last of them', async () => {
    const code = await lead()
    await handle(code, ASK)
    await expect(handle(code, { kind: 'omitted', note: '未上报' }, 5)).rejects.toMatchObject({
      reason: 'lead_waits_for_explanation',
    })
    expect((await page(code, 'clerk', 6)).item).toMatchObject({ isMine: true, lamp: 'red' })
    await handle(code, { kind: 'omitted', note: '逾期未说明' }, 6)
    expect((await page(code)).item.state).toBe('omitted')
  })

  it('tells the unit what, where and when, and neither the source nor who saw it', async () => {
    const code = await lead({ source: 'informant', summary: '信息员王五报来，河口村' })
    await handle(code, ASK)
    const told = JSON.stringify(await listInquiries(at('officer')))
    expect(told).toContain('河口大桥是否发生事故')
    for (const secret of [code, '王五', 'informant', '李某']) expect(told).not.toContain(secret)
    await expect(listLeads(at('unit'), { view: 'all' })).resolves.toMatchObject({ items: [] })
    await expect(page(code, 'unit')).rejects.toMatchObject({ code: 'not_found' })
    const { rows } = await office.database.pool.query(`select 1 from lead where lead_code = $1`, [code])
    expect(rows).toHaveLength(1)
    await explain()
    await handle(code, { kind: 'omitted', note: '属实' })
    const caseId = (await page(code)).steps.at(-1)?.misreportId ?? ''
    const seen = JSON.stringify(await getMisreport(at('officer'), { caseId }))
    for (const secret of [code, '王五', 'informant']) expect(seen).not.toContain(secret)
  })
})

describe('the outcomes', () => {
  it('are each taken once, and what is decided may be opened again', async () => {
    const [one, other] = [await lead(), await lead()]
    await handle(other, { kind: 'duplicate', ofLead: one, note: null })
    await expect(handle(one, { kind: 'duplicate', ofLead: one, note: null })).rejects.toMatchObject({
      reason: 'lead_of_itself',
    })
    await handle(one, { kind: 'out_of_scope', note: '未达到报送标准' })
    await expect(handle(one, { kind: 'false_lead', note: '误传' })).rejects.toMatchObject({ reason: 'lead_not_now' })
    await handle(one, { kind: 'reopened', note: '又有新情况' })
    await handle(one, { kind: 'false_lead', note: '经核实为谣传' })
    expect((await page(one)).item.state).toBe('false_lead')
    expect((await page(other)).item.state).toBe('duplicate')
    const list = await listLeads(at('clerk'), { view: 'duplicate' })
    expect(list.items.map(({ leadCode }) => leadCode)).toContain(other)
  })

  it('take a reported event as on time or late by the judgement of its reports', async () => {
    const { rows } = await office.database.pool.query<{
      event_code: string
      unit_code: string
      category: Category
      at: number
    }>(
      `select event_code, unit_code, category, extract(epoch from occurred_at)::integer as at from event_case
       where unit_code like 'C%' order by occurred_at, event_code limit 1`,
    )
    const [event] = rows
    if (event === undefined) throw new RangeError('no event was reported')
    const happened = event.at * 1_000
    const code = await lead({
      occurredAt: toLocalIso(happened),
      seenAt: toLocalIso(happened + 3_600_000),
      unitCode: event.unit_code,
      category: event.category,
      place: null,
      injuries: null,
    })
    const { candidates, item } = await page(code)
    const own = candidates.find(({ eventCode }) => eventCode === event.event_code)
    expect(own?.reasons.map(({ feature }) => feature)).toEqual([
      'area',
      'place',
      'time',
      'category',
      'casualties',
      'text',
    ])
    const timing = own?.timing
    await handle(code, { kind: 'matched', eventCode: event.event_code })
    expect((await page(code)).item.state).toBe(timing)
    await expect(handle(code, { kind: 'matched', eventCode: event.event_code })).rejects.toMatchObject({
      reason: 'lead_not_now',
    })
    const isRight = item.proposed?.eventCode === event.event_code ? 1 : 0
    const isProposed = item.proposed === null ? 0 : 1
    const { quality } = await listLeads(at('clerk'), { view: 'all' })
    expect(quality.own).toMatchObject({ proposed: isProposed, right: isRight })
  })

  it('are refused to who may not, and for a unit that is not below', async () => {
    const code = await lead({ unitCode: 'C01' })
    await expect(handle(code, { ...ASK, unitCode: 'J00' })).rejects.toMatchObject({ reason: 'lead_asks_other_unit' })
    await expect(handle(code, { kind: 'matched', eventCode: 'NONE' })).rejects.toMatchObject({
      reason: 'lead_event_unknown',
    })
  })
})

describe('what a unit wrote in its report', () => {
  it('is what a lead is matched by: place, words and persons, as they stand', async () => {
    const happened = CHECKED_NOW - 26 * 3_600_000
    const filed = async (process: string, place: string, injuries: number) => {
      const learned = happened + 600_000
      const document: ReportDocument = {
        stage: 'first',
        category: 'accident',
        level: 'IV',
        occurredAt: toLocalIso(happened),
        learnedAt: toLocalIso(learned),
        clockSource: '值班电话',
        phonedAt: null,
        areaCode: 'D01',
        place,
        deaths: 0,
        injuries,
        missing: null,
        texts: { source: '现场值班员', process },
        recipients: '市政府应急办',
        signer: '王某',
        contact: '0199-0000001',
      }
      const input = { eventCode: null, clientKey: randomUUID(), document }
      return await sendReport({ ...office.as('officer'), clock: () => learned + 600_000 }, input)
    }
    const own = await filed('渡头市场摊位起火，过火面积约 30 平方米', '渡头市场', 4)
    await filed('货车与客车相撞', '坪头路口', 0)
    const code = await lead({
      occurredAt: toLocalIso(happened + 1_800_000),
      seenAt: toLocalIso(happened + 7_200_000),
      place: '渡头市场',
      summary: '网友称渡头市场摊位起火，烧了一片',
      injuries: 4,
    })
    const { candidates, item } = await page(code)
    expect(item.proposed?.eventCode).toBe(own.eventCode)
    expect(candidates[0]?.reasons.map(({ feature, grade }) => `${feature} ${grade}`)).toEqual(
      expect.arrayContaining(['casualties same', 'text same']),
    )
  })
})

describe('what comes in', () => {
  it('is kept without place and time, matched with nothing, and matched once it says where', async () => {
    const nowhere = { place: null, unitCode: null, occurredAt: null }
    const { incomplete, leadCodes } = await record(nowhere)
    const code = leadCodes[0] ?? ''
    expect(incomplete).toBe(1)
    expect((await page(code)).item.state).toBe('incomplete')
    await expect(handle(code, ASK)).rejects.toMatchObject({ reason: 'lead_incomplete' })
    const { guid: _, link: __, seenAt, ...seen } = { ...SEEN, ...nowhere }
    await reviseLead(at('clerk'), { ...seen, seenAt: seenAt ?? '', place: '青石镇', leadCode: code, steps: 0 })
    expect((await page(code)).item).toMatchObject({ state: 'open', place: '青石镇' })
    const { rows } = await office.database.pool.query(`select 1 from lead where lead_code = $1`, [code])
    expect(rows).toHaveLength(2)
  })

  it('takes an item of a feed once, by its guid or its link', async () => {
    const item = (at: number, link: string | null = null) => ({
      ...SEEN,
      guid: `g${at}`,
      link,
      summary: `第 ${at} 条 报道`,
    })
    const input = (leads: RecordLeadsInput['leads']): RecordLeadsInput => ({ channel: 'feed', title: '晚报', leads })
    const first = await recordLeads(at('clerk'), input([item(1), item(2, 'https://news.example/2'), item(1)]))
    expect([first.leadCodes.length, first.skipped]).toEqual([2, 1])
    const again = await recordLeads(at('clerk'), input([item(1), item(9, 'https://news.example/2'), item(3)]))
    expect([again.leadCodes.length, again.skipped]).toEqual([1, 2])
    expect((await page(again.leadCodes[0] ?? '')).origin).toMatchObject({ channel: 'feed', title: '晚报' })
  })

  it('refuses times to come and a unit nobody knows, and writes nothing', async () => {
    const before = (await listLeads(at('clerk'), { view: 'all' })).counts.states
    const later = toLocalIso(CHECKED_NOW + 60_000)
    await expect(record({ seenAt: later })).rejects.toMatchObject({ reason: 'lead_seen_in_future' })
    await expect(record({ occurredAt: later })).rejects.toMatchObject({ reason: 'lead_occurred_in_future' })
    await expect(record({ unitCode: 'NONE' })).rejects.toMatchObject({ reason: 'lead_refused' })
    expect((await listLeads(at('clerk'), { view: 'all' })).counts.states).toEqual(before)
  })
})

describe('what a unit brings by import', () => {
  const HEADER = 'lead_code,source,seen_at,occurred_at,place,unit_code,category,summary,deaths,injuries\n'
  const bring = async (person: Person, leadCode: string, summary: string) => {
    const path = join(folder, 'leads.csv')
    writeFileSync(path, `${HEADER}${leadCode},media,2026-11-19 09:00,,,C01,,${summary},,\n`)
    const how = { dryRun: false, acceptValid: false, language: 'zh-CN' } as const
    return await importFile(at(person), { kind: 'leads', path, fileName: 'leads.csv', ...how })
  }
  const seenBy = async (person: Person) =>
    (await listLeads(at(person), { view: 'all' })).items.map(({ summary }) => summary)

  it('is its own to read and to change, and what the office above brought about it stays untold', async () => {
    expect(await bring('county', 'XS-C-1', '县里一处起火')).toMatchObject({ created: 1, rejected: 0 })
    expect(await bring('county', 'XS-C-1', '县里一处起火已扑灭')).toMatchObject({ updated: 1, rejected: 0 })
    expect(await bring('clerk', 'XS-J-1', '市里得知县里有事')).toMatchObject({ created: 1 })
    const taken = await bring('county', 'XS-J-1', '占用编号')
    expect(taken.errors.map(({ code }) => code)).toEqual(['code_taken'])
    expect(await seenBy('county')).toEqual(['县里一处起火已扑灭'])
    expect(await seenBy('clerk')).toContain('市里得知县里有事')
  })

  it('keeps the unit that it is about from being taken for unused, whoever brought it', async () => {
    const { pool } = office.database
    await pool.query(`insert into unit values ('Z99', 999)`)
    const isUsed = () => withReach(at('clerk'), toPlainDate('2026-11-20'), async (trx) => await isUnitUsed(trx, 'Z99'))
    expect(await isUsed()).toBe(false)
    for (const leadCode of ['XS-C-1', 'XS-J-1']) {
      await pool.query(`alter table lead disable trigger user`)
      await pool.query(`update lead set unit_code = 'Z99' where lead_code = $1`, [leadCode])
      expect(await isUsed()).toBe(true)
      await pool.query(`update lead set unit_code = 'C01' where lead_code = $1`, [leadCode])
      await pool.query(`alter table lead enable trigger user`)
    }
  })
})

describe('what is undecided', () => {
  it('stands among the gaps of the quarter', async () => {
    const gaps = await withSnapshot(at('clerk'), toPlainDate('2026-11-20'), (db) =>
      listGaps(db, at('clerk'), { quarter: toQuarter('2026Q4'), openAppeals: 0 }),
    )
    const { states } = (await listLeads(at('clerk'), { view: 'all' })).counts
    const open = states.incomplete + states.open + states.awaiting_explanation + states.awaiting_decision
    expect(gaps.find(({ key }) => key === 'leads')?.count).toBe(open)
    expect(open).toBeGreaterThan(0)
  })
})

describe('places and quiet units', () => {
  it('keep names of places, each version', async () => {
    const place = {
      placeId: null,
      version: 0,
      unitCode: 'C01',
      name: '青石镇',
      aliases: ['青石圩'],
      isWithdrawn: false,
    }
    await saveLeadPlaces(at('clerk'), { places: [place] })
    const [saved] = (await getLeadPlaces(at('clerk'))).places
    expect(saved).toMatchObject({ name: '青石镇', version: 1 })
    const change = { ...place, placeId: saved?.placeId ?? null, version: 1, isWithdrawn: true }
    await saveLeadPlaces(at('clerk'), { places: [change] })
    expect((await getLeadPlaces(at('clerk'))).places).toEqual([])
    await expect(saveLeadPlaces(at('clerk'), { places: [change] })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('put a unit into the pool by a click, as one slip more and nothing else', async () => {
    const { units } = await getQuiet(at('clerk'))
    expect(units.length).toBeGreaterThan(0)
    await markQuiet(at('clerk'), { unitCode: 'D01', isWithdrawn: false, note: '近期零报告' })
    await expect(markQuiet(at('clerk'), { unitCode: 'D01', isWithdrawn: false, note: null })).rejects.toMatchObject({
      code: 'conflict',
    })
    const found = (await prepareDraw(at('clerk'))).units.find(({ unitCode }) => unitCode === 'D01')
    expect(found?.proposal?.reasons).toContain('quiet')
    await markQuiet(at('clerk'), { unitCode: 'D01', isWithdrawn: true, note: null })
    const after = (await prepareDraw(at('clerk'))).units.find(({ unitCode }) => unitCode === 'D01')
    expect(after?.proposal?.reasons ?? []).not.toContain('quiet')
  })
})
