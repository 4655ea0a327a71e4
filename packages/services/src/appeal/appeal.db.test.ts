import { createHash } from 'node:crypto'
import type { AnswerAppealInput } from '@zhidu/contract'
import { type Deduction, toLocalIso, toPlainDate, toQuarter } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getAssessmentPage } from '../assessment/get-assessment.ts'
import { approveAssessment, prepareAssessment } from '../assessment/take-assessment-step.ts'
import { createBulletin } from '../bulletin/create-bulletin.ts'
import { getBulletin } from '../bulletin/get-bulletin.ts'
import { getCheckPage } from '../check/get-check-page.ts'
import type { ServiceContext } from '../context.ts'
import { exportLeagueXlsx } from '../export/export-league-xlsx.ts'
import { getLeague } from '../league/get-league.ts'
import { checkQuarter } from '../quarter/check-quarter.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { withSnapshot } from '../snapshot.ts'
import { announceCaseFile, getCaseFile, receiveCaseFilePart } from '../supervision-case/case-files.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { getAppealNotice, getAppealPage, listAppealItems } from './get-appeals.ts'
import { listDeductionsNow } from './load-appeal.ts'
import { answerAppeal, beginAppeal, decideAppeal } from './take-appeal-step.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-10-12T09:00:00+08:00')
const QUARTER = toQuarter('2026Q3')
const PROGRAM = { programVersion: '0.0.0-test' }
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice
let day = 0
beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

/** Asks as somebody, so many days after the draft. `displayName`: under another name. */
function as(person: Person, displayName?: string): ServiceContext {
  const ctx = office.as(person)
  const actor = ctx.actor.kind === 'account' && displayName !== undefined ? { ...ctx.actor, displayName } : ctx.actor
  return { ...ctx, actor, clock: () => NOW + day * DAY }
}

/** The owner's context of that day. */
function at(): ServiceContext {
  return { ...office.ctx, clock: () => NOW + day * DAY }
}

function deductionsOf(unitCode: string): Promise<readonly Deduction[]> {
  const ctx = at()
  return withSnapshot(ctx, toPlainDate('2026-10-12'), (db) =>
    listDeductionsNow(db, ctx, { unitCode, quarter: QUARTER }),
  )
}

function begin({ at, code, ref }: Pick<Deduction, 'at' | 'code' | 'ref'>, person: Person = 'officer') {
  const note = '当晚有人值守，附值班记录'
  return beginAppeal(as(person), { quarter: QUARTER, ref, code, at: toLocalIso(at), note })
}

async function stepsOf(appealId: string): Promise<number> {
  return (await getAppealPage(as('officer'), { appealId })).steps.length
}

const page = () => getAssessmentPage(as('approver'), { quarter: QUARTER })
const approve = async (person: Person, marksAppeals = false) =>
  approveAssessment(as(person), { quarter: QUARTER, steps: (await page()).steps.length, marksAppeals })

async function scoreOf(unitCode: string): Promise<{ score: number | null; flags: readonly string[] }> {
  const ctx = at()
  const { rows } = await getLeague(ctx, { quarter: QUARTER, group: '市直组' })
  const row = rows.find((one) => one.unitCode === unitCode)
  return { score: row?.score ?? null, flags: row?.flags ?? [] }
}

/** A small file that is what it says. */
const CONTENT = new Uint8Array(Buffer.from('%PDF-1.4 duty log of that night'))
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')

describe('the assessment of a quarter', () => {
  it('goes through the draft, an appeal with evidence that is upheld, and two approvals to a freeze that is verified', async () => {
    const all = await deductionsOf('D01')
    const deduction = all.find(({ code }) => code === 'filing_missing')
    const checked = all.find(({ ref }) => ref === 'KD010')
    const other = all.find(({ dimension }) => dimension === 'timeliness')
    if (deduction === undefined || checked === undefined || other === undefined) throw new Error('D01 has all three')
    await expect(begin(deduction)).rejects.toMatchObject({ reason: 'appeal_not_open' })
    await expect(approve('approver')).rejects.toMatchObject({ reason: 'assessment_not_now' })
    await prepareAssessment(as('clerk'), { quarter: QUARTER, steps: 0, kind: 'drafted' })
    const notice = await getAppealNotice(as('officer'), { quarter: QUARTER, unitCode: 'D01' })
    expect(notice).toMatchObject({ stage: 'draft', mayAppeal: true })
    expect(notice.lastDay).not.toBeNull()

    const before = await scoreOf('D01')
    const { appealId } = await begin(deduction)
    await expect(begin(deduction)).rejects.toMatchObject({ reason: 'appeal_twice' })
    await expect(begin({ ...deduction, ref: 'NOTHING' })).rejects.toMatchObject({ reason: 'appeal_deduction_gone' })
    // Nobody else sees it before it is handed in.
    await expect(getAppealPage(as('clerk'), { appealId })).rejects.toMatchObject({ reason: 'appeal_unknown' })
    const file = { caseId: appealId, sha256: SHA256, type: 'application/pdf', bytes: CONTENT.length } as const
    await announceCaseFile(as('officer'), { ...file, name: '值班记录.pdf' })
    const submit: AnswerAppealInput = { appealId, steps: 1, kind: 'submitted', note: '附值班记录', files: [SHA256] }
    await expect(answerAppeal(as('officer'), submit)).rejects.toMatchObject({ reason: 'case_file_missing' })
    await receiveCaseFilePart(as('officer'), file, { offset: 0, content: CONTENT })
    await answerAppeal(as('officer'), submit)
    expect((await getCaseFile(as('clerk'), file)).name).toBe('值班记录.pdf')
    expect(await scoreOf('D01')).toEqual({ ...before, flags: [...before.flags, 'under_appeal'] })

    expect((await listAppealItems(as('clerk'), { view: 'waiting' })).items).toHaveLength(1)
    await expect(approve('approver')).rejects.toMatchObject({ reason: 'assessment_appeals_running' })
    const freeze = () => freezeQuarter(at(), { quarter: QUARTER, supplement: null, ...PROGRAM })
    await expect(freeze()).rejects.toMatchObject({ reason: 'freeze_appeals_open' })
    const accept = { appealId, steps: await stepsOf(appealId), kind: 'accepted' } as const
    await expect(decideAppeal(as('county'), accept)).rejects.toMatchObject({ reason: 'appeal_unknown' })
    await expect(decideAppeal(as('officer'), accept)).rejects.toMatchObject({ reason: 'appeal_of_office' })
    await decideAppeal(as('second'), accept)
    await expect(decideAppeal(as('second'), accept)).rejects.toMatchObject({ reason: 'case_moved_on' })
    await decideAppeal(as('second'), { appealId, steps: await stepsOf(appealId), kind: 'upheld', note: '记录属实' })
    const after = await scoreOf('D01')
    expect(after.flags).toEqual(before.flags)
    expect((after.score ?? 0) - (before.score ?? 0)).toBeGreaterThan(0)
    expect(
      (await deductionsOf('D01')).some(
        ({ at, code, ref }) => `${code}${ref}${at}` === `${deduction.code}${deduction.ref}${deduction.at}`,
      ),
    ).toBe(false)
    const { overturned } = await listAppealItems(as('leader'), { view: 'all' })
    expect(overturned).toMatchObject([{ code: deduction.code, appealed: 1, decided: 1, upheld: 1 }])

    // 张三 made that check: somebody else takes it up, and it stays open.
    const second = await begin(checked)
    await answerAppeal(as('officer'), { ...second, steps: 1, kind: 'submitted', note: '已按表在岗', files: [] })
    const take = { ...second, steps: 2, kind: 'accepted' } as const
    await expect(decideAppeal(as('second', '张三'), take)).rejects.toMatchObject({ reason: 'appeal_found_it' })
    await decideAppeal(as('second'), take)

    day = 30
    await expect(begin(other)).rejects.toMatchObject({ reason: 'appeal_too_late' })
    await expect(approve('approver')).rejects.toMatchObject({ reason: 'assessment_appeals_open' })
    await approve('approver', true)
    await expect(approve('approver', true)).rejects.toMatchObject({ reason: 'assessment_same_person' })
    await expect(freeze()).rejects.toMatchObject({ reason: 'freeze_appeals_open' })
    await approve('leader', true)
    const report = await freeze()
    expect(report.files.map(({ name }) => name)).toContain('facts/waivers.jsonl')
    const verified = await checkQuarter(office.ctx, { quarter: QUARTER, recomputes: true })
    expect(verified).toMatchObject({ equal: true, manifestSha256: report.manifestSha256 })
    expect(await page()).toMatchObject({ stage: 'frozen', next: [] })
    expect(await scoreOf('D01')).toEqual({ ...after, flags: [...after.flags, 'under_appeal'] })

    const sheet = await exportLeagueXlsx(as('clerk'), { quarter: QUARTER, group: '市直组' }, 'zh-CN')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await new Response(sheet.body).arrayBuffer())
    const cells = book.worksheets[0]?.getRows(1, 60)?.flatMap((row) => row.values as unknown[]) ?? []
    expect(cells.filter((cell) => String(cell).endsWith('（申诉中）'))).toHaveLength(1)

    const bulletin = await createBulletin(as('clerk'), { quarter: QUARTER })
    const { document } = await getBulletin(as('clerk'), bulletin)
    const runs = document.paragraphs.flatMap((paragraph) => paragraph.runs)
    expect(runs.find((run) => run.kind === 'field' && run.key === 'all/underAppeal')).toMatchObject({ text: '1' })
    expect(runs.some(({ text }) => text.includes('标为“申诉中”'))).toBe(true)
    const appealOf = async () => (await getCheckPage(as('clerk'), { checkCode: checked.ref })).appeals
    expect(await appealOf()).toMatchObject([{ ...second, unitCode: 'D01', code: checked.code, isWaived: false }])

    // Upheld after the freeze: what was published stays, a supplement says it anew.
    await decideAppeal(as('second'), { ...second, steps: 3, kind: 'upheld', note: '核对值班表属实' })
    expect((await scoreOf('D01')).flags).toContain('under_appeal')
    expect(await appealOf()).toMatchObject([{ ...second, isWaived: true }])
    const late = await freezeQuarter(at(), { quarter: QUARTER, supplement: { reason: '申诉成立' }, ...PROGRAM })
    expect(late.version).toBe(2)
    expect((await checkQuarter(office.ctx, { quarter: QUARTER, recomputes: true })).equal).toBe(true)
    expect((await scoreOf('D01')).flags).toEqual(before.flags)
    expect((await page()).stage).toBe('corrected')
  }, 60_000)
})
