// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { CommendationPage as Answer } from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import CommendationPage from './CommendationPage.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const QUARTER = toQuarter('2026Q3')
const LOCALES = ['zh-CN', 'en'] as const
const place = (more: Partial<Answer['units'][number]['praise']> = {}): Answer['units'][number]['praise'] => ({
  probability: 0.3,
  certainty: 'cannot_tell',
  isEnd: false,
  barrier: null,
  isProposed: false,
  ...more,
})

function makePage(more: Partial<Answer> = {}): Answer {
  const unit = { score: 95, tied: false, range: { low: 1, high: 3 }, activity: 12, criticism: place() }
  const sure = place({ probability: 0.92, certainty: 'likely', isEnd: true, isProposed: true })
  return {
    quarter: QUARTER,
    group: '市直组',
    officeName: '市政府办',
    provenance: makeMeta().provenance,
    frozenVersion: 1,
    stage: 'open',
    minimumActivity: 3,
    units: [
      { ...unit, unitCode: 'D01', name: '市司法局', rank: 1, praise: sure },
      { ...unit, unitCode: 'D02', name: '市教育局', rank: 2, praise: place({ barrier: 'misreport' }) },
      { ...unit, unitCode: 'D03', name: '市水利局', rank: 3, praise: place(), tied: true },
    ],
    decision: null,
    confirmed: null,
    steps: [],
    next: [{ kind: 'decided', barredBy: null }],
    ...more,
  }
}

const DECISION: NonNullable<Answer['decision']> = {
  at: '2026-10-12T09:00:00+08:00',
  by: '考核甲',
  asOf: '2026-10-11T09:00:00+08:00',
  frozenVersion: 1,
  note: null,
  names: [],
}

async function mountPage(page: Answer, role: Role, locale: (typeof LOCALES)[number] = 'zh-CN') {
  const answers: Answers = {
    session: { get: makeSession({ account: makeAccount([role]) }) },
    meta: { get: makeMeta({ currentQuarter: QUARTER }) },
    league: { groups: [{ group: '市直组', unitCount: 3 }] as never },
    commendation: { get: page, decide: { done: true }, confirm: { done: true } } as never,
  }
  return await mountApp(CommendationPage, { answers, at: '/commendations', locale })
}

it.each(LOCALES)('shows how surely each belongs to its list, and bars nobody who reads by ear: %s', async (locale) => {
  const { wrapper } = await mountPage(makePage(), 'clerk', locale)
  expect(wrapper.text()).toContain('92')
  expect(wrapper.findAll('input[type=checkbox]').length).toBeGreaterThan(0)
  await expectAccessible(document.body)
})

it('is sent as it was picked', async () => {
  const { calls, wrapper } = await mountPage(makePage(), 'clerk')
  await wrapper
    .findAll('button.is-primary')
    .find((one) => one.text() === '定名单')
    ?.trigger('click')
  await flushPromises()
  const [sent] = calls.filter(({ path }) => path === 'commendation.decide')
  expect(sent?.input).toMatchObject({
    quarter: QUARTER,
    group: '市直组',
    frozenVersion: 1,
    names: [{ kind: 'praise', unitCode: 'D01', isNamed: true }],
  })
})

it('takes the same reason for all that owe one, and leaves those that were given', async () => {
  const unsure = (rank: number, more: Partial<Answer['units'][number]>) => ({
    ...(makePage().units[0] as Answer['units'][number]),
    unitCode: `D0${rank}`,
    name: `单位${rank}`,
    rank,
    praise: place({ isProposed: true }),
    ...more,
  })
  const units = [unsure(1, {}), unsure(2, {}), unsure(3, {})]
  const { calls, wrapper } = await mountPage(makePage({ units }), 'clerk')
  await wrapper.get('input[aria-label="单位2 的理由"]').setValue('组织过演练')
  expect(wrapper.get('.shared label').text()).toContain('2')
  await wrapper.get('.shared input').setValue('分不清先后，按规则提名')
  await wrapper.get('.shared').trigger('submit')
  expect(wrapper.find('.shared').exists()).toBe(false)
  await wrapper
    .findAll('button.is-primary')
    .find((one) => one.text() === '定名单')
    ?.trigger('click')
  await flushPromises()
  const sent = calls.find(({ path }) => path === 'commendation.decide')?.input as { names: { reason: string }[] }
  expect(sent.names.map(({ reason }) => reason)).toEqual([
    '分不清先后，按规则提名',
    '组织过演练',
    '分不清先后，按规则提名',
  ])
})

it('what was decided waits for another person', async () => {
  const page = makePage({
    stage: 'decided',
    decision: DECISION,
    next: [
      { kind: 'confirmed', barredBy: 'same_person' },
      { kind: 'returned', barredBy: null },
    ],
  })
  const { wrapper } = await mountPage(page, 'approver')
  expect(wrapper.findAll('.buttons button').map((one) => one.text())).toHaveLength(1)
  await expectAccessible(document.body)
})
