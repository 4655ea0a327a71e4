// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type {
  HandoverPage as HandoverData,
  LogDesk,
  LogEntryPage as LogEntryData,
  LogItem,
  LogUnits,
} from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import HandoverPage from './HandoverPage.vue'
import HandoversPage from './HandoversPage.vue'
import LogDayPage from './LogDayPage.vue'
import LogEntryPage from './LogEntryPage.vue'
import LogsPage from './LogsPage.vue'
import LogUnitsPage from './LogUnitsPage.vue'

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const ENTRY_ID = '7f3a0000-0000-4000-8000-0000000000cd'
const HANDOVER_ID = '7f3a0000-0000-4000-8000-0000000000ce'
const AS_OF = '2026-11-24T09:00:00+08:00'
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }

beforeEach(() => localStorage.clear())
afterEach(() => {
  document.body.innerHTML = ''
})

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role], { unitCode: 'D13' }) }) }
}

function makeItem(overrides: Partial<LogItem> = {}): LogItem {
  return {
    entryId: ENTRY_ID,
    entryCode: 'D13-20261124-001',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    number: 1,
    source: 'call',
    kind: 'matter',
    callerUnit: '城西街道',
    callerName: '张**',
    callerPhone: '154****1234',
    receivedAt: '2026-11-24T05:00:00+08:00',
    writtenAt: '2026-11-24T08:00:00+08:00',
    lateHours: 3,
    clockAheadMinutes: 6,
    content: '来电反映积水',
    isCorrected: false,
    officer: '值班员03',
    writtenBy: '值班员03',
    eventCode: null,
    leadCode: null,
    state: 'open',
    outcome: null,
    lastNote: null,
    closedAt: null,
    openHours: 1,
    handedOver: 1,
    isOverLimit: false,
    ...overrides,
  }
}

function makeDesk(overrides: Partial<LogDesk> = {}): LogDesk {
  return {
    asOf: AS_OF,
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    day: '2026-11-24',
    leaders: [],
    officers: [{ person: '值班员03', post: null, startsAt: AS_OF, endsAt: AS_OF }],
    leader: '领导01',
    weather: null,
    mayKeep: true,
    closeWithinHours: 24,
    openCount: 1,
    open: [makeItem()],
    todayCount: 1,
    nextChange: { changeAt: AS_OF, handoverId: null, state: 'pending', isOverdue: true, incoming: ['值班员04'] },
    ...overrides,
  }
}

const list = (items: LogItem[]) => ({
  asOf: AS_OF,
  counts: { open: 1, closed: 0 },
  closeWithinHours: 24,
  items,
  nextCursor: null,
})

function mountLogs(desk: LogDesk, locale: Locale = 'zh-CN', more: Answers['log'] = {}) {
  const answers = { session: signedIn('unit_officer'), meta: META, log: { desk, list: list([makeItem()]), ...more } }
  return mountApp(LogsPage, { answers, at: '/logs', locale })
}

const PAGE: LogEntryData = {
  item: makeItem(),
  asOf: AS_OF,
  firstContent: '来电反映积水',
  steps: [
    {
      kind: 'disposed',
      at: AS_OF,
      by: '值班员03',
      note: '已通知',
      person: null,
      outcome: null,
      content: null,
      handoverId: null,
    },
  ],
  next: ['instructed', 'disposed', 'transferred', 'closed', 'corrected'],
  mayReveal: true,
}

const HANDOVER: HandoverData = {
  item: {
    handoverId: HANDOVER_ID,
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    changeAt: AS_OF,
    state: 'offered',
    isOverdue: true,
    outgoing: ['值班员03'],
    incoming: ['值班员04'],
    offeredBy: '值班员03',
    takenBy: null,
    takenAt: null,
    openCount: 1,
  },
  asOf: AS_OF,
  entries: [{ item: makeItem(), note: '等城管回话' }],
  equipment: '钥匙 2 把',
  note: null,
  toPerson: '值班员04',
  steps: [],
  next: [
    { kind: 'taken', barredBy: 'same_person' },
    { kind: 'returned', barredBy: null },
  ],
  asOutgoing: '值班员03',
  asIncoming: null,
}

const UNITS: LogUnits = {
  asOf: AS_OF,
  days: ['2026-11-23', '2026-11-24'],
  units: [
    {
      unitCode: 'D13',
      unitName: '甲局',
      counts: [0, 2],
      openCount: 1,
      oldestAt: AS_OF,
      oldestId: ENTRY_ID,
      oldestHours: 5,
      untakenCount: 1,
    },
    {
      unitCode: 'D14',
      unitName: '乙局',
      counts: [0, 0],
      openCount: 0,
      oldestAt: null,
      oldestId: null,
      oldestHours: null,
      untakenCount: 0,
    },
  ],
}
const SHARES = {
  entryCount: 0,
  closedCount: 0,
  openCount: 0,
  oldestOpenAt: null,
  medianSeconds: null,
  slowestTenthSeconds: null,
  withinLimit: { part: 0, whole: 0 },
  interval: null,
}
const CLOSURE = {
  quarter: toQuarter('2026Q4'),
  asOf: AS_OF,
  regulation: { id: 'sample', version: '1', title: '示例规则', notice: null },
  closeWithinHours: 24,
  total: {
    ...SHARES,
    entryCount: 6,
    openCount: 2,
    medianSeconds: 10_800,
    withinLimit: { part: 4, whole: 6 },
    interval: { low: 0.3, high: 0.9 },
  },
  units: [
    { ...SHARES, unitCode: 'D14', unitName: '乙局' },
    { ...SHARES, unitCode: 'D15', unitName: '丙局', entryCount: 1, openCount: 1 },
  ],
}

/** A page as it was mounted has no barrier. */
async function expectWhole({ wrapper }: Awaited<ReturnType<typeof mountApp>>): Promise<void> {
  await expectAccessible(wrapper.element)
  wrapper.unmount()
}

describe('the duty log', () => {
  it('says on each line how late it was written and how long it is open, and in red what no shift took over', async () => {
    const app = await mountLogs(makeDesk())
    const text = app.wrapper.text()
    expect(text).toContain('补记 3 小时')
    expect(text).toContain('未办结，已 1 小时')
    expect(text).toContain('移交 1 次')
    expect(text).toContain('下一班已开始，尚未接班')
    expect(text).toContain('规则要求 24 小时内办结')
  })

  it('writes a line with Enter, says under which number, and keeps what was not written over a reload', async () => {
    const inputs: unknown[] = []
    const written = {
      entryId: ENTRY_ID,
      entryCode: 'D13-20261124-002',
      writtenAt: AS_OF,
      lateHours: null,
      clockAheadMinutes: 6,
    }
    const write = (input: unknown) => {
      inputs.push(input)
      return written
    }
    const app = await mountLogs(makeDesk(), 'zh-CN', { write })
    const line = app.wrapper.find('input.text')
    await line.setValue('来电询问停水')
    const again = await mountLogs(makeDesk(), 'zh-CN', { write })
    expect((again.wrapper.find('input.text').element as HTMLInputElement).value).toBe('来电询问停水')
    await again.wrapper.find('form.quick').trigger('submit')
    await flushPromises()
    expect(inputs).toMatchObject([{ content: '来电询问停水', receivedAt: null, source: 'call' }])
    expect(again.wrapper.text()).toContain('已写入 D13-20261124-002')
    expect(again.wrapper.text()).toContain('本机时钟与服务器差 6 分钟')
    expect((again.wrapper.find('input.text').element as HTMLInputElement).value).toBe('')
  })

  it('offers no line to who does not keep it, and says that nothing is open', async () => {
    const app = await mountLogs(makeDesk({ mayKeep: false, open: [], openCount: 0 }))
    expect(app.wrapper.find('form.quick').exists()).toBe(false)
    expect(app.wrapper.text()).toContain('事事有回音，件件有落实')
  })

  it('tells a day without an entry from a fault, and a unit that wrote nothing from one that is slow', async () => {
    const answers = { session: signedIn('clerk'), meta: META, log: { units: UNITS, closure: CLOSURE } }
    const app = await mountApp(LogUnitsPage, { answers, at: '/log-units', locale: 'zh-CN' })
    expect(app.wrapper.findAll('.silent')).toHaveLength(3)
    expect(app.wrapper.text()).toContain('不算过失')
    expect(app.wrapper.text()).toContain('没有记录、未测量的单位 1 家')
    expect(app.wrapper.text()).toContain('95% 区间 30–90%')
    expect(app.wrapper.text()).toContain('未测量')
  })

  it('lets another person take over at the same screen, and says why the first may not', async () => {
    const answers = { session: signedIn('unit_officer'), meta: META, handover: { get: HANDOVER } }
    const at = `/handovers/${HANDOVER_ID}`
    const app = await mountApp(HandoverPage, { answers, at, locale: 'zh-CN', props: { handoverId: HANDOVER_ID } })
    expect(app.wrapper.text()).toContain('交班是您确认的，接班要由另一人确认')
    expect(app.wrapper.find('form.here').text()).toContain('接班人密码')
  })

  it.each(LOCALES)('has no barrier in %s', async (locale) => {
    const session = signedIn('unit_officer')
    await expectWhole(await mountLogs(makeDesk(), locale))
    const entry = {
      answers: { session, meta: META, log: { get: PAGE } },
      at: `/logs/${ENTRY_ID}`,
      locale,
      props: { entryId: ENTRY_ID },
    }
    await expectWhole(await mountApp(LogEntryPage, entry))
    const handovers = {
      asOf: AS_OF,
      unitCode: 'D13',
      unitName: '甲局',
      mayKeep: true,
      items: [HANDOVER.item, { ...HANDOVER.item, handoverId: null }],
    }
    await expectWhole(
      await mountApp(HandoversPage, {
        answers: { session, meta: META, handover: { list: handovers } },
        at: '/handovers',
        locale,
      }),
    )
    for (const state of ['pending', 'offered'] as const) {
      const get = { ...HANDOVER, item: { ...HANDOVER.item, state } }
      const props = { handoverId: HANDOVER_ID }
      await expectWhole(
        await mountApp(HandoverPage, {
          answers: { session, meta: META, handover: { get } },
          at: `/handovers/${HANDOVER_ID}`,
          locale,
          props,
        }),
      )
    }
    const day = {
      asOf: AS_OF,
      unitCode: 'D13',
      unitName: '甲局',
      day: '2026-11-24',
      leader: '领导01',
      weather: '晴',
      leaders: [],
      officers: [],
      items: [makeItem()],
    }
    const props = { unitCode: 'D13', day: '2026-11-24' }
    await expectWhole(
      await mountApp(LogDayPage, {
        answers: { session, meta: META, log: { day } },
        at: '/log-days/D13/2026-11-24',
        locale,
        props,
      }),
    )
    const units = { session: signedIn('clerk'), meta: META, log: { units: UNITS, closure: CLOSURE } }
    await expectWhole(await mountApp(LogUnitsPage, { answers: units, at: '/log-units', locale }))
  })
})
