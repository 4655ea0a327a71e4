import { createHash } from 'node:crypto'
import { all, readWord, textOf } from '@zhidu/documents/testing-word'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { announceCaseFile, getCaseFile, receiveCaseFilePart } from '../supervision-case/case-files.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import { createMeeting } from './create-meeting.ts'
import { answerDecision, recordDecision, verifyDecision } from './decide.ts'
import { exportMeetingSheet, exportMinutes } from './export-meeting.ts'
import { getMeeting, getMeetingList, getMeetingsOfUnit } from './get-meeting.ts'
import { getMeetingSheet } from './get-sheet.ts'
import { inviteUnits, remindUnits, replyToMeeting } from './invite.ts'
import { correctMinutes, draftMinutes, returnMinutes, signMinutes, submitMinutes } from './minutes.ts'
import { saveMeeting } from './save-meeting.ts'

const Q3 = toQuarter('2026Q3')
const DAY_MS = 24 * 3_600_000

let office: DrawOffice
let meetingId: string

function dayFrom(days: number): string {
  return new Date(office.ctx.clock() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)
}

const page = () => getMeeting(office.as('clerk'), { meetingId })
const CONTENT = Buffer.from('%PDF-1.4\n%%EOF\n')
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')
const DECIDED = { owner: '局主要负责人', report: '书面报告', indicator: 'timeliness' as const }

beforeAll(async () => {
  office = await createDrawOffice()
  await freezeQuarter(office.ctx, {
    quarter: Q3,
    asOf: EXAMPLE_AS_OF,
    supplement: null,
    programVersion: '0.0.0-test',
  })
  meetingId = (await createMeeting(office.as('clerk'), { quarter: Q3, title: '第三季度值班工作座谈会' })).meetingId
})
afterAll(() => office?.database.close())

/** Saves one new item at the head of a part, begun in a revision. */
function addItem(part: 'agenda' | 'minutes', revision: number, id: string, person: 'clerk' | 'second' = 'clerk') {
  const paragraph = { id, kind: 'note' as const, text: `补充${id}`, unitCodes: [], evidence: [] }
  return saveMeeting(office.as(person), {
    meetingId,
    part,
    revision,
    edits: [{ kind: 'insert', after: null, paragraph }],
  })
}

describe('an agenda', () => {
  it('is drafted from the frozen quarter, every item with its evidence', async () => {
    const { agenda, item, rules } = await page()
    expect(item).toMatchObject({ quarter: Q3, frozenVersion: 1, isOwn: true, minutes: 'none' })
    expect(rules).not.toBe('')
    expect(agenda.document.items.length).toBeGreaterThan(0)
    expect(agenda.document.items.every(({ evidence }) => evidence.length > 0)).toBe(true)
  })

  it('merges two clerks on different items, and tells the one who comes second to the same', async () => {
    const { agenda } = await page()
    const { revision } = agenda
    await addItem('agenda', revision, 'x1')
    await addItem('agenda', revision, 'x2', 'second')
    const merged = (await page()).agenda
    expect(merged.document.items.map(({ id }) => id)).toEqual(expect.arrayContaining(['x1', 'x2']))
    const same = (text: string) => ({
      meetingId,
      part: 'agenda' as const,
      revision: merged.revision,
      edits: [
        {
          kind: 'replace' as const,
          paragraph: { id: 'x1', kind: 'note' as const, text, unitCodes: [], evidence: [] },
        },
      ],
    })
    await saveMeeting(office.as('clerk'), same('甲写的'))
    await expect(saveMeeting(office.as('second'), same('乙写的'))).rejects.toMatchObject({
      reason: 'meeting_item_changed',
      params: { by: 'clerk', count: '1' },
    })
    expect((await page()).agenda.document.items.find(({ id }) => id === 'x1')?.text).toBe('甲写的')
  })

  it('is out of the reach of a unit, and of an office below', async () => {
    await expect(getMeeting(office.as('officer'), { meetingId })).rejects.toMatchObject({ reason: 'meeting_unknown' })
    await expect(getMeeting(office.as('county'), { meetingId })).rejects.toMatchObject({ reason: 'meeting_unknown' })
    expect((await getMeetingList(office.as('county'))).items).toEqual([])
  })
})

describe('an invitation', () => {
  const invite = (unitCodes: readonly string[], place = '第一会议室', answerDays = 3) =>
    inviteUnits(office.as('clerk'), {
      meetingId,
      unitCodes: [...unitCodes],
      heldAt: `${dayFrom(10)}T09:00:00+08:00`,
      place,
      answerBy: dayFrom(answerDays),
    })

  it('reaches units one level below alone, with days that are ahead', async () => {
    await expect(invite(['D01', 'J00'])).rejects.toMatchObject({ reason: 'meeting_unit_outside' })
    await expect(invite(['D01'], '第一会议室', -1)).rejects.toMatchObject({ reason: 'meeting_day_past' })
    await expect(invite(['D01'], '第一会议室', 11)).rejects.toMatchObject({ reason: 'meeting_answer_after' })
    await invite(['D01', 'D02'])
    const [own] = (await getMeetingsOfUnit(office.as('officer'))).invitations
    expect(own).toMatchObject({ unitCode: 'D01', place: '第一会议室', round: 1, daysLeft: 3 })
  })

  it('is answered by each seat; who has not is reminded', async () => {
    const reply = { meetingId, round: 1 }
    await replyToMeeting(office.as('officer'), { ...reply, seat: 'deputy', kind: 'attend', person: '分管副局长' })
    expect(await remindUnits(office.as('clerk'), { meetingId })).toEqual({ reminded: 2 })
    const away = {
      seat: 'head' as const,
      kind: 'leave' as const,
      person: '局长',
      note: '外出学习',
      substitute: '副局长',
    }
    await replyToMeeting(office.as('officer'), { ...reply, ...away })
    expect(await remindUnits(office.as('clerk'), { meetingId })).toEqual({ reminded: 1 })
    const { invitations, item } = await page()
    expect(item).toMatchObject({ invited: 2, answered: 1 })
    const own = invitations.find(({ unitCode }) => unitCode === 'D01')
    expect(own?.seats).toMatchObject([
      { seat: 'deputy', kind: 'attend', isLate: false },
      { seat: 'head', kind: 'leave', note: '外出学习', substitute: '副局长' },
    ])
    expect(own?.reminders).toHaveLength(1)
    await expect(
      replyToMeeting(office.as('county'), { ...reply, seat: 'head', kind: 'attend', person: '县长' }),
    ).rejects.toMatchObject({ reason: 'meeting_not_invited' })
  })

  it('that postpones asks anew, and what answers the old one is told so', async () => {
    await invite(['D01'], '第二会议室', 0)
    const old = { meetingId, round: 1, seat: 'deputy' as const, kind: 'attend' as const, person: '分管副局长' }
    await expect(replyToMeeting(office.as('officer'), old)).rejects.toMatchObject({ reason: 'meeting_postponed' })
    expect((await page()).invitations.find(({ unitCode }) => unitCode === 'D01')?.seats).toMatchObject([
      { kind: null },
      { kind: null },
    ])
    const late = { ...office.as('officer'), clock: () => office.ctx.clock() + DAY_MS }
    await replyToMeeting(late, { ...old, round: 2 })
    const [seat] = (await page()).invitations.find(({ unitCode }) => unitCode === 'D01')?.seats ?? []
    expect(seat).toMatchObject({ kind: 'attend', isLate: true })
  })
})

describe('a decision', () => {
  const steps = async () => (await getMeetingsOfUnit(office.as('officer'))).decisions[0]

  it('binds a unit one level below, by a day that is ahead', async () => {
    const decide = (unitCode: string, lastDay = dayFrom(20)) =>
      recordDecision(office.as('clerk'), { meetingId, unitCode, what: '完善夜间值守', lastDay, ...DECIDED })
    await expect(decide('J00')).rejects.toMatchObject({ reason: 'meeting_unit_outside' })
    await expect(decide('D01', dayFrom(-1))).rejects.toMatchObject({ reason: 'meeting_day_past' })
    await decide('D01')
    expect(await steps()).toMatchObject({ unitCode: 'D01', state: 'open', lamp: 'green', lastDay: dayFrom(20) })
  })

  it('is reported by its unit, returned with a reason, and closed by nobody who wrote it down', async () => {
    const decisionId = (await steps())?.decisionId ?? ''
    const report = (seen: number) =>
      answerDecision(office.as('officer'), {
        decisionId,
        steps: seen,
        kind: 'reported',
        note: '已增加值守人员',
        files: [SHA256],
      })
    await expect(answerDecision(office.as('county'), { decisionId, steps: 0, kind: 'received' })).rejects.toMatchObject(
      { code: 'not_found' },
    )
    await answerDecision(office.as('officer'), { decisionId, steps: 0, kind: 'received' })
    await expect(report(0)).rejects.toMatchObject({ reason: 'decision_moved_on' })
    const file = { caseId: decisionId, sha256: SHA256, type: 'application/pdf', bytes: CONTENT.length } as const
    const announce = (person: 'officer' | 'clerk' | 'county') =>
      announceCaseFile(office.as(person), { ...file, name: '排班表.pdf' })
    await expect(announce('clerk')).rejects.toMatchObject({ reason: 'case_of_unit' })
    await expect(announce('county')).rejects.toMatchObject({ code: 'not_found' })
    await announce('officer')
    await expect(report(1)).rejects.toMatchObject({ reason: 'case_file_missing' })
    await receiveCaseFilePart(office.as('officer'), file, { offset: 0, content: CONTENT })
    // Nobody else sees it before it is handed in.
    await expect(getCaseFile(office.as('clerk'), file)).rejects.toMatchObject({ reason: 'inspection_file_none' })
    await report(1)
    expect((await getCaseFile(office.as('clerk'), file)).name).toBe('排班表.pdf')
    expect(await steps()).toMatchObject({ drafts: [], steps: [{ files: [] }, { files: [{ name: '排班表.pdf' }] }] })
    const close = (person: 'clerk' | 'approver', seen: number) =>
      verifyDecision(office.as(person), { decisionId, steps: seen, kind: 'closed', note: null })
    await expect(close('clerk', 2)).rejects.toMatchObject({ reason: 'decision_same_person' })
    const back = { decisionId, steps: 2, kind: 'returned' as const, note: '缺少排班表' }
    await verifyDecision(office.as('approver'), { ...back, lastDay: dayFrom(30) })
    expect(await steps()).toMatchObject({ state: 'open', returns: 1, lastDay: dayFrom(30) })
    await expect(close('approver', 3)).rejects.toMatchObject({ reason: 'decision_not_now' })
  })

  it('that is open comes first in the next agenda, and goes on there', async () => {
    const next = await createMeeting(office.as('clerk'), { quarter: toQuarter('2026Q4'), title: '第四季度座谈会' })
    const { agenda, earlier, item } = await getMeeting(office.as('clerk'), next)
    expect(item.frozenVersion).toBeNull()
    expect(agenda.document.items[0]).toMatchObject({ kind: 'follow_up', unitCodes: ['D01'] })
    expect(earlier[0]).toMatchObject({ decision: { what: '完善夜间值守' }, change: { from: Q3, to: '2026Q4' } })
  })
})

describe('the page of a unit', () => {
  it('is read by the office and by the unit itself, and nobody else', async () => {
    const sheet = await getMeetingSheet(office.as('officer'), { meetingId, unitCode: 'D01' })
    expect(sheet).toMatchObject({ unitCode: 'D01', quarter: Q3, version: 1, decisions: [{ what: '完善夜间值守' }] })
    expect(await getMeetingSheet(office.as('clerk'), { meetingId, unitCode: 'D01' })).toMatchObject({
      score: sheet.score,
      rank: sheet.rank,
      rankRange: sheet.rankRange,
    })
    await expect(getMeetingSheet(office.as('officer'), { meetingId, unitCode: 'D02' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const { body, fileName } = await exportMeetingSheet(office.as('officer'), { meetingId, unitCode: 'D01' })
    expect(fileName).toMatch(/值班工作情况_\d{8}\.docx$/)
    const word = await readWord(new Uint8Array(await new Response(body).arrayBuffer()))
    expect(textOf(word.document)).toContain('完善夜间值守')
  })
})

describe('minutes', () => {
  it('are drafted from attendance, agenda and decisions, and written on', async () => {
    const { revision } = await draftMinutes(office.as('clerk'), { meetingId })
    expect(revision).toBe(1)
    await expect(draftMinutes(office.as('clerk'), { meetingId })).rejects.toMatchObject({
      reason: 'meeting_minutes_there',
    })
    const text = (await page()).minutes?.document.items.map((one) => one.text).join('\n')
    expect(text).toContain('分管副局长')
    expect(text).toContain('完善夜间值守')
    await addItem('minutes', 1, 'x9')
  })

  it('are signed by nobody who wrote them, and then only corrected', async () => {
    const key = { meetingId, revision: 2 }
    await expect(signMinutes(office.as('approver'), key)).rejects.toMatchObject({ reason: 'meeting_not_submitted' })
    await submitMinutes(office.as('clerk'), key)
    await returnMinutes(office.as('approver'), { ...key, note: '补写缺席情况' })
    await submitMinutes(office.as('clerk'), key)
    await expect(signMinutes(office.as('clerk'), key)).rejects.toMatchObject({ reason: 'meeting_own_minutes' })
    await expect(correctMinutes(office.as('clerk'), { ...key, note: '更正' })).rejects.toMatchObject({
      reason: 'meeting_not_signed',
    })
    await signMinutes(office.as('approver'), key)
    await expect(addItem('minutes', 2, 'y1')).rejects.toMatchObject({
      reason: 'meeting_signed',
      params: { by: 'approver' },
    })
    await expect(
      recordDecision(office.as('clerk'), { meetingId, unitCode: 'D02', what: '再议', lastDay: dayFrom(9), ...DECIDED }),
    ).rejects.toMatchObject({ reason: 'meeting_signed' })
    await correctMinutes(office.as('clerk'), { ...key, note: '第二会议室应为第一会议室' })
    expect((await page()).item.minutes).toBe('signed')
  })

  it('are a Word file of the standard page, with corrections and the decisions as an annex', async () => {
    const { body, fileName } = await exportMinutes(office.as('leader'), { meetingId })
    expect(fileName).toContain('纪要')
    const { document } = await readWord(new Uint8Array(await new Response(body).arrayBuffer()))
    const text = textOf(document)
    for (const words of [
      '第三季度值班工作座谈会纪要',
      '更正：第二会议室应为第一会议室',
      '附件：议定事项清单',
      '签发：approver',
    ])
      expect(text).toContain(words)
    const [first, annex] = all(document, 'w:pgSz')
    expect([first?.attributes['w:w'], first?.attributes['w:h']]).toEqual(['11906', '16838'])
    expect(annex?.attributes['w:orient']).toBe('landscape')
    const [margins] = all(document, 'w:pgMar')
    expect(['top', 'bottom', 'left', 'right'].map((side) => margins?.attributes[`w:${side}`])).toEqual([
      '2098',
      '1984',
      '1587',
      '1474',
    ])
  })
})
