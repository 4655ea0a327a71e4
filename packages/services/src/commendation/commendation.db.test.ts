import type { CommendationPage, DecideCommendationInput } from '@zhidu/contract'
import { textOfParagraph, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDraft } from '../bulletin/create-bulletin.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { createDrawOffice, type DrawOffice } from '../testing/draw-office.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import { getCommendation } from './get-commendation.ts'
import { confirmCommendation, decideCommendation, returnCommendation } from './take-commendation-step.ts'

const quarter = toQuarter('2026Q3')
const group = '市直组'
type Person = Parameters<DrawOffice['as']>[0]
let office: DrawOffice

beforeAll(async () => {
  office = await createDrawOffice()
})
afterAll(() => office?.database.close())

const page = (person: Person = 'clerk') => getCommendation(office.as(person), { quarter, group })
const about = ({ frozenVersion, steps }: CommendationPage) => ({ quarter, group, steps: steps.length, frozenVersion })
const nextOf = ({ next }: CommendationPage) => next.map(({ barredBy, kind }) => `${kind} ${barredBy ?? ''}`.trim())

/** Names the best and the last of the table, whatever the rules say, each with a reason. */
function pick({ units }: CommendationPage): DecideCommendationInput['names'] {
  const best = units.find(({ praise }) => praise.barrier !== 'misreport')
  const last = units.findLast(({ unitCode }) => unitCode !== best?.unitCode)
  const proposed = units.flatMap((unit) =>
    (['praise', 'criticism'] as const).flatMap((kind) =>
      unit[kind].isProposed ? [{ kind, code: unit.unitCode }] : [],
    ),
  )
  const chosen = [
    { kind: 'praise' as const, code: best?.unitCode ?? '' },
    { kind: 'criticism' as const, code: last?.unitCode ?? '' },
  ]
  const isChosen = (one: { readonly kind: string; readonly code: string }) =>
    chosen.some(({ code, kind }) => kind === one.kind && code === one.code)
  return [
    ...chosen.map(({ code, kind }) => ({ kind, unitCode: code, isNamed: true, reason: '会议研究' })),
    ...proposed
      .filter((one) => !isChosen(one))
      .map(({ code, kind }) => ({ kind, unitCode: code, isNamed: false, reason: '另有安排' })),
  ]
}

async function decide(note: string | null = null): Promise<CommendationPage> {
  const now = await page()
  await decideCommendation(office.as('clerk'), { ...about(now), names: pick(now), note })
  return await page()
}

describe('the lists of a quarter and group', () => {
  it('are decided by one and confirmed by another, and returned for a reason', async () => {
    expect(nextOf(await page())).toEqual(['decided'])
    expect(nextOf(await page('leader'))).toEqual(['decided role'])
    await expect(getCommendation(office.as('unit'), { quarter, group })).rejects.toMatchObject({
      reason: 'commendation_not_whole',
    })
    const decided = await decide()
    expect(decided).toMatchObject({ stage: 'decided', frozenVersion: null, confirmed: null })
    await returnCommendation(office.as('leader'), { ...about(decided), note: '再议' })
    const now = await page('approver')
    await decideCommendation(office.as('approver'), { ...about(now), names: pick(now), note: null })
    const again = await page('approver')
    expect(nextOf(again)).toEqual(['confirmed same_person', 'returned'])
    await expect(confirmCommendation(office.as('approver'), about(again))).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'commendation_same_person',
    })
    await confirmCommendation(office.as('leader'), about(again))
    const confirmed = await page('leader')
    expect(confirmed.stage).toBe('confirmed')
    expect(confirmed.confirmed?.names.filter(({ isNamed }) => isNamed).map(({ kind }) => kind)).toEqual([
      'criticism',
      'praise',
    ])
    expect(confirmed.steps.map(({ kind }) => kind)).toEqual(['decided', 'returned', 'decided', 'confirmed'])
    await expect(decide()).rejects.toMatchObject({ reason: 'commendation_note_missing' })
  })

  it('refuse praise against a veto, what misses a reason, and whoever looked at something else', async () => {
    const { rows } = await office.database.pool.query<{ code: string }>(
      `select unit_code as code from misreport where kind in ('false', 'concealed') and replaced_at is null limit 1`,
    )
    const now = await page()
    const vetoed = now.units.find(({ praise }) => praise.barrier === 'misreport')
    expect(vetoed?.unitCode).toBe(rows[0]?.code)
    const names = pick(now)
    const praise = { kind: 'praise' as const, unitCode: vetoed?.unitCode ?? '', isNamed: true, reason: '仍要表扬' }
    const others = names.filter(({ unitCode }) => unitCode !== praise.unitCode)
    const attempt = (change: Partial<DecideCommendationInput>) =>
      decideCommendation(office.as('clerk'), { ...about(now), names, note: '重新研究', ...change })
    await expect(attempt({ names: [praise, ...others] })).rejects.toMatchObject({ reason: 'commendation_vetoed' })
    const silent = { kind: 'criticism' as const, unitCode: names[0]?.unitCode ?? '', isNamed: true, reason: null }
    await expect(attempt({ names: [silent, ...names.slice(1)] })).rejects.toMatchObject({
      code: 'invalid',
      reason: 'commendation_reason_missing',
    })
    await expect(attempt({ frozenVersion: 7 })).rejects.toMatchObject({ reason: 'commendation_stale' })
    await expect(attempt({ steps: 1 })).rejects.toMatchObject({ reason: 'case_moved_on' })
    expect((await page()).steps).toHaveLength(4)
  })

  it('name units in the draft of a bulletin once they are confirmed on the frozen version', async () => {
    await freezeQuarter(office.ctx, { quarter, asOf: EXAMPLE_AS_OF, supplement: null, programVersion: 'test' })
    const textOf = async () =>
      (await makeDraft(office.as('clerk'), 'J00', quarter)).document.paragraphs.map(textOfParagraph).join('\n')
    expect(await textOf()).not.toContain('予以表扬')
    const decided = await decide('按冻结版本重新定')
    expect(decided).toMatchObject({ frozenVersion: 1, stage: 'decided' })
    expect(await textOf()).not.toContain('予以表扬')
    await confirmCommendation(office.as('leader'), about(decided))
    const nameOf = (kind: string) => decided.decision?.names.find((one) => one.kind === kind && one.isNamed)?.name ?? ''
    const text = await textOf()
    expect(text).toContain(`对${nameOf('praise')}予以表扬。`)
    expect(text).toContain(`对${nameOf('criticism')}予以通报批评。`)
    expect(text.indexOf('予以表扬')).toBeLessThan(text.indexOf('予以通报批评'))
  })

  it('let nobody write past the service: one person for both, or a name too many', async () => {
    const about16 = `'J00', '2026Q3', '别组', `
    const step = (position: number, kind: string, by: string) =>
      office.database.pool.query(
        `insert into commendation_step (unit_code, quarter, peer_group, position, kind, at, by_name, by_id, as_of, name_count)
         values (${about16} ${position}, '${kind}', now(), '某人', '${by}', now(), 0)`,
      )
    const [a, b] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
    await step(0, 'decided', a)
    await expect(step(1, 'confirmed', a)).rejects.toThrow('nobody signs twice')
    await expect(
      office.database.pool.query(
        `insert into commendation_list values (${about16} 0, 'praise', 'D01', 'D01', 1, 9000, 0.9, 'likely', null, true, true, null)`,
      ),
    ).rejects.toThrow('the lists are decided')
    await step(1, 'confirmed', b)
    await expect(step(2, 'returned', a)).rejects.toThrow()
  })
})
