// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { DutyRoomPage as Page, DutyRooms, RoomItemStanding } from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import DutyRoomPage from './DutyRoomPage.vue'
import DutyRoomsPage from './DutyRoomsPage.vue'
import RoomFiles from './RoomFiles.vue'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const AS_OF = '2026-11-24T09:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

const item = (
  key: string,
  answer: RoomItemStanding['answer'],
  more: Partial<RoomItemStanding> = {},
): RoomItemStanding => ({
  key,
  label: null,
  answer,
  standing: 'agreed',
  declared: null,
  inspected: null,
  ...more,
})
const ITEMS = [
  item('room', 'has'),
  item('fax', 'has_not', {
    standing: 'contradicted',
    declared: { answer: 'has', on: '2026-10-01' },
    inspected: { answer: 'has_not', on: '2026-11-01' },
  }),
  item('network', 'not_known', { standing: 'unknown' }),
  item('own-1', 'not_applicable', { label: '备用电源', standing: 'unknown' }),
]
const STAFF = {
  regular: 3,
  other: 1,
  atOnce: 1,
  needed: 5,
  canRotate: false,
  on: '2026-11-01',
  source: 'declared',
} as const
const SHARES = [
  { key: 'room', label: null, has: 3, known: 4, notKnown: 1, notApplicable: 2, range: [0.3, 0.95] },
  { key: 'fax', label: null, has: 0, known: 0, notKnown: 5, notApplicable: 2, range: null },
]
const LIST: DutyRooms = {
  asOf: AS_OF,
  ownUnitCode: 'J00',
  mayList: true,
  version: 1,
  ownItems: [{ key: 'own-1', label: '备用电源' }],
  shares: SHARES,
  trend: [{ on: '2026-09-30', shares: SHARES }],
  total: 1,
  page: 0,
  items: [
    {
      unitCode: 'D13',
      unitName: '市住房城乡建设局',
      dutyMode: 'room',
      items: ITEMS,
      gapCount: 1,
      unknownCount: 1,
      contradictedCount: 1,
      staffing: STAFF,
      trainingCount: 2,
      lookedOn: '2026-11-01',
    },
  ],
}
const PAGE: Page = {
  unitCode: 'D13',
  unitName: '市住房城乡建设局',
  dutyMode: 'room',
  asOf: AS_OF,
  mayDeclare: true,
  mayInspect: false,
  items: ITEMS,
  staffing: STAFF,
  assessments: [
    {
      assessmentId: '7f3a0000-0000-4000-8000-0000000000cd',
      source: 'inspected',
      lookedOn: '2026-11-01',
      recordedAt: AS_OF,
      by: '督查员',
      answers: [{ key: 'fax', label: null, answer: 'has_not' }],
      staffing: null,
      note: '现场查看',
      checkCode: 'K-1',
      files: [],
    },
  ],
  trainings: [
    {
      trainingId: '7f3a0000-0000-4000-8000-0000000000ce',
      heldOn: '2026-10-10',
      topic: '接报流程',
      minutes: 90,
      persons: 6,
      note: null,
      files: [],
      recordedAt: AS_OF,
      by: '值班员',
      isCorrection: false,
      isReplaced: false,
      isWithdrawn: false,
    },
  ],
  drafts: [],
}

async function mountList(locale: Locale = 'zh-CN') {
  const answers = { session: signedIn('clerk'), meta: META, dutyRoom: { list: LIST } }
  return await mountApp(DutyRoomsPage, { answers, at: '/duty-rooms', locale })
}
async function mountPage(locale: Locale = 'zh-CN', more: Answers['dutyRoom'] = {}) {
  const answers = { session: signedIn('unit_officer'), meta: META, dutyRoom: { get: PAGE, ...more } }
  return await mountApp(DutyRoomPage, { answers, at: '/duty-rooms/D13', locale, props: { unitCode: 'D13' } })
}

describe('duty rooms', () => {
  it('look different where a room has, has not, is not known and is not asked', async () => {
    const { wrapper } = await mountList()
    const cells = wrapper.findAll('tbody tr')[0]?.findAll('td') ?? []
    expect(cells.slice(1, 5).map((cell) => cell.text())).toEqual(['有', '没有与自报不符', '未知', '— 不适用'])
    expect(wrapper.text()).toContain('不足 24 小时轮流')
  })

  it('tell a share with its range, and what is not measured from none', async () => {
    const { wrapper } = await mountList()
    expect(wrapper.text()).toContain('30%–95%')
    expect(wrapper.text()).toContain('未测量')
  })

  it('show both words where unit and inspection differ', async () => {
    const { wrapper } = await mountPage()
    expect(wrapper.text()).toContain('缺：传真机。')
    expect(wrapper.findAll('tbody tr')[1]?.text()).toMatch(/没有.*有 .*没有 /)
  })

  it('hand in what was answered alone', async () => {
    const sent: unknown[] = []
    const { wrapper } = await mountPage('zh-CN', {
      assess: (input: unknown) => {
        sent.push(input)
        return { done: true }
      },
    })
    const form = wrapper.find('section[aria-labelledby="assess-title"] form')
    await form.trigger('submit')
    expect(wrapper.text()).toContain('至少填一项')
    await form.findAll('select')[1]?.setValue('has')
    await form.trigger('submit')
    await flushPromises()
    expect(sent).toMatchObject([{ unitCode: 'D13', answers: [{ item: 'fax', answer: 'has' }], staffing: null }])
  })

  it.each(LOCALES)('have no barrier in %s', async (locale) => {
    for (const mount of [mountList, mountPage]) {
      const { wrapper } = await mount(locale)
      await expectAccessible(wrapper.element)
      document.body.innerHTML = ''
    }
  })
})

it('says why a file is not taken', async () => {
  const { wrapper } = await mountApp(RoomFiles, {
    answers: { session: signedIn('unit_officer') },
    at: '/duty-rooms/D13',
    props: { unitCode: 'D13', drafts: [], modelValue: [] },
  })
  const input = wrapper.get('input[type=file]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], '清单.txt', { type: 'text/plain' })] })
  await input.trigger('change')
  await flushPromises()
  expect(wrapper.get('[role=alert]').text()).toMatch(/^清单\.txt 不是收的类型/)
})
