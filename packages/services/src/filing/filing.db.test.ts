import type { HolidayContentInput, SubmitFilingInput } from '@zhidu/contract'
import { buildWorkbook } from '@zhidu/documents'
import { makeZip } from '@zhidu/documents/testing'
import { all, readWord, textOf } from '@zhidu/documents/testing-word'
import { addDays, SAMPLE_HOLIDAYS, toLocalIso, toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { recordNotice } from '../calendar/record-notice.ts'
import { getObligation } from '../obligation/get-obligation.ts'
import { reopenObligation } from '../obligation/reopen-obligation.ts'
import { revealPersonal } from '../personal/reveal-personal.ts'
import { makeInspectionKit } from '../inspection/kit.ts'
import { planRoster } from '../roster/change-roster.ts'
import { loadKnownDuty } from '../inspection/kit-rosters.ts'
import { withSnapshot } from '../snapshot.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { exportFilingForm, exportFilings, getFilingSource } from './export-filings.ts'
import { getFiling } from './get-filing.ts'
import { getFilings, getFilingsWaiting } from './get-filings.ts'
import { listFilings } from './list-filings.ts'
import { readFormFile } from './read-form-file.ts'
import { remindFiling, seeReminders, sendDueReminders } from './reminders.ts'
import { setDuty } from './duty-settings.ts'
import { saveFilingDraft } from './save-draft.ts'
import { submitFiling } from './submit-filing.ts'

const HOLIDAY = '2027-元旦'
/** Due at the end of 2026-12-27. */
const BLOCKS = [{ name: '元旦' as const, firstDayOff: '2027-01-01', lastDayOff: '2027-01-03', makeupWorkdays: [] }]
const at = (text: string): number => Date.parse(`${text}+08:00`)
const EARLY = at('2026-12-20T10:00:00')

type Person = Parameters<DrawOffice['as']>[0]
const UNITS = Array.from({ length: 14 }, (_, at) => `D${String(at + 1).padStart(2, '0')}`)
const idOf = (unitCode: string): string => `00000000-0000-4000-9000-0000000000${unitCode.slice(1)}`
let office: DrawOffice
/** Each test has a unit of its own. */
let own = ''
let turn = 0
beforeAll(async () => {
  office = await createDrawOffice()
  for (const unitCode of UNITS) {
    await office.database.pool.query(
      `insert into account (account_id, login_name, display_name, unit_code, created_at) values ($1, $2, $2, $3, now())`,
      [idOf(unitCode), `officer-${unitCode.toLowerCase()}`, unitCode],
    )
  }
  await recordNotice({ ...office.ctx, clock: () => EARLY }, { year: 2027, blocks: BLOCKS, source: '通知' })
})
beforeEach(() => {
  own = UNITS[turn] ?? ''
  turn += 1
})
afterAll(() => office?.database.close())

function as(person: Person, when = EARLY): ServiceContext {
  const ctx = { ...office.as(person), clock: () => when }
  const { actor } = ctx
  if (person !== 'officer' || actor.kind !== 'account') return ctx
  return { ...ctx, actor: { ...actor, accountId: idOf(own), unitCode: own } }
}

function roster(names: readonly [string, string, string] = ['甲', '甲', '乙']): HolidayContentInput {
  return {
    form: 'roster',
    filledBy: '填表员',
    phone: '0199-0123400',
    dutyPhone: '0199-0123456',
    fax: '',
    changesAt: '08:00',
    rows: names.map((leaderName, index) => ({
      day: addDays(toPlainDate('2027-01-01'), index),
      from: null,
      to: null,
      leaderName,
      leaderPost: '局长',
      leaderPhone: '15400001111',
      officerName: `值班员${index}`,
      officerPhone: '15400002222',
      note: '',
    })),
  }
}

function whereabouts(stay: 'away' | 'local' = 'local'): HolidayContentInput {
  const span = { from: '2027-01-01T00:00', to: '2027-01-03T23:59' }
  return {
    form: 'whereabouts',
    filledBy: '填表员',
    phone: '0199-0123400',
    rows: [{ name: '甲', post: '局长', stay, ...span, place: stay === 'away' ? '外地某市' : '本市' }],
  }
}

function filing(content: HolidayContentInput, more: Partial<SubmitFilingInput> = {}): SubmitFilingInput {
  return { holiday: HOLIDAY, content, sourceSha256: null, acceptsWarnings: false, versions: 0, reason: null, ...more }
}

const outcomeOf = async (when: number, form = 'roster') =>
  (
    await getObligation(as('leader', when), {
      unitCode: own,
      quarter: '2026Q4' as never,
      kind: 'filing',
      ref: `${HOLIDAY}/${form}`,
    })
  ).obligation.outcome

async function onDuty(when: number, knownAt: number) {
  return await withSnapshot(as('leader', knownAt), toPlainDate('2026-12-28'), async (db) => {
    const known = await loadKnownDuty(db, { unitCodes: [own], from: when, to: when + 1, knownAt })
    return known.rosterOf(own).map(({ person, role }) => `${role} ${person}`)
  })
}

describe('a holiday form', () => {
  it('is on time up to the last second of its due day, with a receipt; a correction is a version and leaves the time', async () => {
    const due = at('2026-12-27T23:59:59')
    const receipt = await submitFiling(as('officer', due), filing(roster()))
    expect(receipt).toMatchObject({
      version: 1,
      isLate: false,
      receivedAt: toLocalIso(due),
      firstReceivedAt: toLocalIso(due),
    })
    expect(receipt.receipt).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/)
    expect(await outcomeOf(due + 10_000)).toBe('on_time')
    const later = due + 3 * 86_400_000
    const again = filing(roster(['甲', '丙', '乙']), { versions: 1, reason: '丙替甲' })
    await expect(submitFiling(as('officer', later), { ...again, reason: null })).rejects.toMatchObject({
      reason: 'filing_reason',
    })
    await expect(submitFiling(as('officer', later), { ...again, versions: 0 })).rejects.toMatchObject({
      reason: 'filing_changed',
    })
    const second = await submitFiling(as('officer', later), again)
    expect(second).toMatchObject({ version: 2, firstReceivedAt: toLocalIso(due) })
    expect(second.receipt).not.toBe(receipt.receipt)
    expect(await outcomeOf(later + 10_000)).toBe('on_time')
    const same = filing(roster(['甲', '丙', '乙']), { versions: 2, reason: '再报' })
    await expect(submitFiling(as('officer', later), same)).rejects.toMatchObject({ reason: 'filing_same' })
  })

  it('a second later is taken as late and says so, unless it was re-opened', async () => {
    const over = at('2026-12-28T00:00:00')
    expect(await submitFiling(as('officer', over), filing(roster()))).toMatchObject({ isLate: true })
    expect(await outcomeOf(over + 10_000)).toBe('late')
    const key = { unitCode: own, quarter: '2026Q4' as never, kind: 'filing' as const, ref: `${HOLIDAY}/whereabouts` }
    await reopenObligation(as('clerk', over), {
      ...key,
      until: toLocalIso(over + 86_400_000),
      reason: '系统停机，顺延一天',
    })
    expect(await submitFiling(as('officer', over + 3_600_000), filing(whereabouts()))).toMatchObject({ isLate: false })
  })

  it('makes the roster that checks compare with: named shifts are there, those it drops are withdrawn, what was known stays', async () => {
    const noon = at('2027-01-02T12:00:00')
    const planned = { role: 'officer' as const, person: '值班员1', post: '科员', phone: '15400002222' }
    const span = { startsAt: '2027-01-02T08:00:00+08:00', endsAt: '2027-01-03T08:00:00+08:00' }
    await planRoster(as('officer'), { unitCode: own, shifts: [{ ...planned, ...span }], reason: null })
    const first = EARLY + 1_000
    await submitFiling(as('officer', first), filing(roster()))
    expect(await onDuty(noon, first)).toEqual(['leader 甲', 'officer 值班员1'])
    const second = at('2026-12-30T09:00:00')
    await submitFiling(as('officer', second), filing(roster(['甲', '丙', '乙']), { versions: 1, reason: '换人' }))
    expect(await onDuty(noon, second)).toEqual(['leader 丙', 'officer 值班员1'])
    expect(await onDuty(noon, second - 1_000)).toEqual(['leader 甲', 'officer 值班员1'])
    const about = { roomCodeKey: new Uint8Array(32), language: 'zh-CN' } as const
    const kit = await makeInspectionKit(as('inspector', noon), { unitCodes: [own] }, about)
    const onScreen = kit.units.find(({ unitCode }) => unitCode === own)?.roster ?? []
    // The form has no room for an officer's post: the one on record stays.
    expect(
      onScreen.filter(({ startsAt }) => startsAt === span.startsAt).map(({ person, post }) => `${person} ${post}`),
    ).toEqual(['丙 局长', '值班员1 科员'])
  })

  it('does not take back a shift that has begun', async () => {
    await submitFiling(as('officer'), filing(roster()))
    const during = at('2027-01-02T12:00:00')
    await submitFiling(as('officer', during), filing(roster(['丁', '丁', '丁']), { versions: 1, reason: '全换' }))
    expect(await onDuty(during, during)).toEqual(['leader 丁', 'leader 甲', 'officer 值班员1'])
    expect(await onDuty(at('2027-01-03T12:00:00'), during)).toEqual(['leader 丁', 'officer 值班员2'])
  })

  it('that is incomplete is refused with nothing written, and kept as a draft', async () => {
    const gap = roster()
    if (gap.form !== 'roster') throw new RangeError('form')
    const broken = { ...gap, rows: gap.rows.slice(0, 2) }
    await saveFilingDraft(as('officer'), { holiday: HOLIDAY, content: broken, sourceSha256: null })
    await expect(submitFiling(as('officer'), filing(broken))).rejects.toMatchObject({
      reason: 'filing_incomplete',
      params: { n: '2', first: 'leader_missing' },
    })
    const page = await getFiling(as('officer'), { holiday: HOLIDAY, form: 'roster' })
    expect(page).toMatchObject({ versions: [], receivedAt: null, draft: { content: broken }, outcome: 'not_yet_due' })
    const { rows } = await office.database.pool.query<{ n: number }>(
      'select count(*)::int as n from filing_form where unit_code = $1',
      [own],
    )
    expect(rows[0]?.n).toBe(0)
  })

  it('in which a leader on duty is away asks whether it is meant, and keeps the warning', async () => {
    await submitFiling(as('officer'), filing(whereabouts('away')))
    await expect(submitFiling(as('officer'), filing(roster()))).rejects.toMatchObject({ reason: 'filing_warnings' })
    await submitFiling(as('officer'), filing(roster(), { acceptsWarnings: true }))
    const page = await getFiling(as('officer'), { holiday: HOLIDAY, form: 'roster' })
    expect(page.versions[0]?.warnings.map(({ detail, kind }) => `${kind} ${detail}`)).toEqual(
      Array.from({ length: 2 }, () => 'away_on_duty 甲 外地某市'),
    )
    const above = await getFiling(as('leader'), { holiday: HOLIDAY, form: 'roster', unitCode: own })
    expect(above.versions[0]?.warnings[0]).toEqual({ kind: 'away_on_duty', row: 0, detail: null })
  })

  it('for a holiday that does not exist, or of a year not announced, is told apart', async () => {
    const none = { ...filing(roster()), holiday: '2027-春节' }
    await expect(submitFiling(as('officer'), none)).rejects.toMatchObject({
      code: 'not_found',
      reason: 'filing_no_holiday',
    })
    const unknown = { ...filing(roster()), holiday: '2028-元旦' }
    await expect(submitFiling(as('officer'), unknown)).rejects.toMatchObject({
      code: 'conflict',
      reason: 'filing_not_announced',
    })
  })

  it('of a closed unit is refused', async () => {
    await office.database.pool.query(
      `begin; set local session_replication_role = replica;
       update unit_period set valid_to = '2026-12-01' where unit_code = '${own}'; commit`,
    )
    await expect(submitFiling(as('officer'), filing(roster()))).rejects.toMatchObject({ reason: 'filing_unit_closed' })
  })

  it('is whole for its unit, masked for its superior until asked for with a reason, and nothing for others', async () => {
    await submitFiling(as('officer'), filing(roster()))
    const key = { holiday: HOLIDAY, form: 'roster' } as const
    const above = await getFiling(as('leader'), { ...key, unitCode: own })
    expect(above).toMatchObject({ isMasked: true, mayFile: false, draft: null })
    expect(JSON.stringify(above.content)).not.toContain('15400001111')
    expect(JSON.stringify(above.content)).toContain('154****1111')
    const reveal = { kind: 'filing' as const, id: `${own}/${HOLIDAY}/roster`, reason: '节前核对带班' }
    const { fields } = await revealPersonal(as('leader'), reveal)
    expect(fields[0]?.text).toContain('甲 局长 15400001111')
    await expect(revealPersonal(as('officer'), reveal)).rejects.toMatchObject({ reason: 'role_forbids' })
    await expect(getFiling(as('officer'), { ...key, unitCode: 'D14' })).rejects.toMatchObject({ code: 'not_found' })
    const word = async (who: Person) => {
      const file = await exportFilingForm(as(who), { ...key, unitCode: own })
      return readWord(new Uint8Array(await new Response(file.body).arrayBuffer()))
    }
    const mine = await word('officer')
    const text = all(mine.document, 'w:p').map(textOf).join('\n')
    expect(text).toContain('1月2日（星期六）')
    expect(text).toContain('15400001111')
    expect(
      all((await word('leader')).document, 'w:p')
        .map(textOf)
        .join(''),
    ).not.toContain('15400001111')
  })

  it('is seen in the office’s list, by number and by unit, and the silent are reminded with a read receipt', async () => {
    await submitFiling(as('officer'), filing(roster()))
    const before = await listFilings(as('clerk'), { holiday: HOLIDAY })
    const total = Object.values(before.counts).reduce((sum, n) => sum + n, 0)
    expect(before.counts.missing).toBe(0)
    expect(before.items.find(({ unitCode }) => unitCode === own)?.forms).toMatchObject([
      { form: 'whereabouts', receivedAt: null, versions: 0 },
      { form: 'roster', versions: 1 },
    ])
    await submitFiling(as('officer'), filing(whereabouts()))
    const after = await listFilings(as('clerk'), { holiday: HOLIDAY, state: 'on_time' })
    expect(after.items.map(({ unitCode }) => unitCode)).toContain(own)
    const over = at('2026-12-28T08:00:00')
    const { reminded } = await remindFiling(as('clerk', over), { holiday: HOLIDAY })
    const now = await listFilings(as('clerk', over), { holiday: HOLIDAY })
    expect(reminded).toBe(now.counts.missing)
    expect(reminded).toBeLessThan(total)
    await expect(remindFiling(as('clerk', over), { holiday: HOLIDAY, unitCode: own })).rejects.toMatchObject({
      reason: 'filing_nothing_missing',
    })
    const { body } = await exportFilings(as('clerk', over), { holiday: HOLIDAY, language: 'zh-CN' })
    expect(new Uint8Array(await new Response(body).arrayBuffer()).length).toBeGreaterThan(1_000)
  })

  it('is asked for by the program on the days the office set, once a step, and stored with who saw it', async () => {
    const system: ServiceContext = { ...office.ctx, actor: { kind: 'system' } }
    const on = (day: string) => sendDueReminders({ ...system, clock: () => at(`${day}T09:00:00`) })
    expect(await on('2026-12-24')).toBe(0)
    await setDuty(as('clerk'), { versions: 0, reminderDays: [5, 3, 1], dailyUntil: null, fromOn: '2026-12-20' })
    expect(await on('2026-12-21')).toBe(0)
    const all5 = await on('2026-12-22')
    expect(all5).toBeGreaterThan(1)
    expect(await on('2026-12-23')).toBe(0)
    await submitFiling(as('officer', at('2026-12-23T12:00:00')), filing(roster()))
    await submitFiling(as('officer', at('2026-12-23T12:00:00')), filing(whereabouts()))
    expect(await on('2026-12-24')).toBe(all5 - 1)
    expect(await on('2026-12-28')).toBe(0)
    const waiting = await getFilingsWaiting(as('officer', at('2026-12-24T10:00:00')))
    expect(waiting).toMatchObject({ forms: [], unseenReminders: expect.any(Number) })
    const { reminders } = await getFilings(as('officer', at('2026-12-24T10:00:00')))
    expect(reminders.find(({ by }) => by === null)).toMatchObject({
      daysBefore: 5,
      forms: ['whereabouts', 'roster'],
      seenAt: null,
    })
    const seen = at('2026-12-24T10:05:00')
    await seeReminders(as('officer', seen), { reminderIds: reminders.map(({ reminderId }) => reminderId) })
    expect((await getFilings(as('officer', seen))).reminders[0]?.seenAt).toBe(toLocalIso(seen))
  })
})

describe('a file with a form', () => {
  const read = (content: Uint8Array, form: 'roster' | 'whereabouts' = 'roster', fileName = '安排.xlsx') =>
    readFormFile(as('officer'), { holiday: HOLIDAY, form, fileName, content })

  it('is read, shown and kept; filed, it names the file it came from', async () => {
    const heads = ['日期', '带班领导', '职务', '电话', '值班人员', '电话']
    const rows = ['1月1日', '1.2', '2027/1/3'].map((day, n) => [
      day,
      '甲',
      '局长',
      '15400001111',
      `乙${n}`,
      15400002222,
    ])
    const columns = heads.map(() => ({ width: 12, format: 'general' as const }))
    const sheet = { name: '值班', columns, rows: [['值班电话：0199-0123456'], heads, ...rows], headerRow: 1 }
    const workbook = new Uint8Array(await buildWorkbook({ title: '值班', createdAt: 0, sheets: [sheet] }))
    const found = await read(workbook)
    expect(found).toMatchObject({ refused: null, problems: [], content: { dutyPhone: '0199-0123456' } })
    expect(found.content?.rows).toHaveLength(3)
    if (found.content === null) throw new RangeError('not read')
    const content = { ...found.content, filledBy: '丙', phone: '0199-0123400' }
    await submitFiling(as('officer'), filing(content, { sourceSha256: found.sourceSha256 }))
    const page = await getFiling(as('officer'), { holiday: HOLIDAY, form: 'roster' })
    expect(page.versions[0]?.sourceSha256).toBe(found.sourceSha256)
    expect(page.sources).toMatchObject([{ name: '安排.xlsx', sha256: found.sourceSha256 }])
    const { body } = await getFilingSource(as('officer'), {
      holiday: HOLIDAY,
      form: 'roster',
      sha256: found.sourceSha256,
    })
    expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(workbook)
  })

  it('that is none, broken or hostile is refused by its reason, and kept all the same', async () => {
    const bomb = makeZip([{ name: 'word/document.xml', content: `<!DOCTYPE x [<!ENTITY a "b">]><w:document/>` }])
    expect((await read(bomb, 'roster', '坏.docx')).refused?.code).toBe('xlsx_entities')
    expect((await read(Buffer.from('%PDF-1.7 …'), 'roster', '扫描.pdf')).refused?.code).toBe('file_is_other')
    const page = await getFiling(as('officer'), { holiday: HOLIDAY, form: 'roster' })
    expect(page.sources.map(({ name }) => name).sort()).toEqual(['坏.docx', '扫描.pdf'])
    await expect(read(new Uint8Array(5_000_001))).rejects.toMatchObject({ reason: 'upload_too_large' })
    await expect(read(new Uint8Array(0))).rejects.toMatchObject({ reason: 'upload_empty' })
  })
})

it('knows the due days of 2026, and of no year that is not announced', async () => {
  expect(SAMPLE_HOLIDAYS.map(({ firstDayOff }) => addDays(firstDayOff, -5))).toEqual([
    '2025-12-27',
    '2026-02-10',
    '2026-03-30',
    '2026-04-26',
    '2026-06-14',
    '2026-09-20',
    '2026-09-26',
  ])
  const page = await getFilings(as('officer'))
  expect(page.coming.map(({ dueOn, holiday, lamp }) => `${holiday} ${dueOn} ${lamp}`)).toEqual([
    '2027-元旦 2026-12-27 green',
  ])
  expect(page.past.map(({ dueOn, holiday }) => `${holiday} ${dueOn}`)).toContain('2026-国庆节 2026-09-26')
  await recordNotice({ ...office.ctx, clock: () => EARLY }, { year: 2027, blocks: [], source: '撤回' })
  const none = await getFilings(as('officer'))
  expect(none).toMatchObject({ coming: [], unannouncedYears: [2027] })
})
