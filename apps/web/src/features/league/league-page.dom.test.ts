// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { flushPromises } from '@vue/test-utils'
import { NO_FILTER, TABLE_ORDER, toPlainDate } from '@zhidu/domain'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import LeagueCards from './LeagueCards.vue'
import LeaguePage from './LeaguePage.vue'
import LeaguePaper from './LeaguePaper.vue'
import { BASE, makeNotMeasured, makePeersTable, makeRow, makeTable } from './testing/make-league.ts'

const GROUPS = [
  { group: '市直组', unitCount: 4 },
  { group: '县区组', unitCount: 5 },
]

function answersWith(league: NonNullable<Answers['league']> = {}): Answers {
  return {
    meta: { get: makeMeta() },
    league: { groups: GROUPS, table: makeTable(), standing: () => new Promise(() => undefined), ...league },
  }
}

const BASE_PROPS = { base: BASE, filter: NO_FILTER, sort: TABLE_ORDER, standing: null, basis: 'official' }

async function openLeague(at = '/league', answers = answersWith(), locale: 'zh-CN' | 'en' = 'zh-CN') {
  const opened = await mountApp(LeaguePage, { answers, at, locale })
  await flushPromises()
  await flushPromises()
  const { wrapper } = opened
  const names = () => wrapper.findAll('.league-table tbody tr[data-unit] th').map((cell) => cell.get('a').text())
  const cell = (unit: string, selector: string) =>
    wrapper.get(`tr[data-unit="${unit}"] ${selector}`).text().replace(/\s+/g, ' ')
  return { ...opened, names, cell }
}

beforeEach(() => {
  globalThis.innerWidth = 1920
})

describe('the league page', () => {
  it('opens with how many are ranked and claims nothing of their order before it is known how sure it is', async () => {
    const { wrapper } = await openLeague('/league', answersWith({ standing: () => new Promise(() => undefined) }))
    expect(wrapper.get('.headline').text()).toBe('市直组 3 家参加排名；按时首报 30/36（83.3%）。')
    expect(wrapper.get('.standing-state').text()).toContain('正在估计名次区间')
    expect(wrapper.findAll('tr[data-unit]')).toHaveLength(4)
    expect(wrapper.text()).not.toMatch(/居首|居末|列第一|列末位/)
  })

  it('names apart, with what it owed, a unit that was closed within the quarter', async () => {
    const counts = { onTime: 5, late: 2, missing: 2, notYetDue: 0, owed: 9 }
    const closed = [{ unitCode: 'D99', name: '市旧局', closedOn: toPlainDate('2026-09-30'), counts }]
    const table = { ...makeTable(), closed }
    const { names, wrapper } = await openLeague('/league', answersWith({ table }))
    expect(names()).not.toContain('市旧局')
    expect(wrapper.get('.closed').text()).toMatch(/市旧局\s*已撤销.*应报 9 件次，迟 2，未报 2/)
    expect(wrapper.get('.closed a').attributes('href')).toBe('/units/D99?quarter=2026Q3')
  })

  it('says as of when, under which rules and by which method', async () => {
    const { wrapper } = await openLeague()
    const meta = wrapper.get('.meta-line').text()
    expect(meta).toContain('2026-10-08 23:59')
    expect(meta).toContain('示例规则 2026-1（示例，非任何单位的正式办法）')
    expect(meta).toContain('应报 37 件 = 按时 30 + 迟报 5 + 未报 1 + 未到期 1')
  })

  it('asks for the default quarter and the first group when the address names none', async () => {
    const { calls } = await openLeague()
    expect(calls.find((call) => call.path === 'league.table')?.input).toEqual({ quarter: '2026Q3', group: '市直组' })
  })

  it('asks for what the address names', async () => {
    const { calls } = await openLeague('/league?quarter=2026Q2&group=县区组&asOf=2026-05-01T00:00:00%2B08:00')
    expect(calls.find((call) => call.path === 'league.table')?.input).toEqual({
      quarter: '2026Q2',
      group: '县区组',
      asOf: '2026-05-01T00:00:00+08:00',
    })
  })
})

describe('a row', () => {
  it('shows ties, few reports, bonus, and the previous rank with a grey arrow', async () => {
    const { cell, wrapper } = await openLeague()
    expect(cell('D13', '.rank')).toBe('并列2')
    expect(cell('D13', '.parts .bonus')).toBe('+1')
    expect(cell('D13', '.on-time')).toBe('22/26未到期')
    expect(cell('D13', '.previous')).toContain('名次数字靠后，不说明变差1')
    expect(cell('D21', '.unit')).toContain('样本少')
    expect(cell('D21', '.squares')).toBe('未抽查')
    expect(wrapper.findAll('tr[data-unit="D13"] .is-failed')).toHaveLength(2)
  })

  it('never shows a unit that nobody measured as 0, and puts it after the ranked ones', async () => {
    const { cell, names, wrapper } = await openLeague('/league?sort=score')
    expect(names().at(-1)).toBe('市统计局')
    expect(cell('D90', '.score')).toBe('未测量')
    expect(cell('D90', '.on-time')).toContain('无应报')
    expect(wrapper.findAll('tr[data-unit="D90"] .is-hollow')).toHaveLength(4)
    expect(wrapper.get('.band').text()).toContain('不参与排名，也不按满分计')
  })

  it('leads every number to what it counts', async () => {
    localStorage.setItem('zhidu.league.columns', JSON.stringify({ deductions: true, checks: true }))
    onTestFinished(() => localStorage.clear())
    const { wrapper } = await openLeague()
    const links = wrapper.findAll('tr[data-unit="D13"] a').map((link) => link.attributes('href'))
    expect(links).toEqual(
      expect.arrayContaining([
        '/units/D13?quarter=2026Q3',
        '/units/D13?quarter=2026Q3#score',
        '/units/D13?quarter=2026Q3#events',
        '/units/D13?quarter=2026Q3#checks',
        '/units/D13?quarter=2026Q3#deductions',
      ]),
    )
  })

  it('opens the unit at a press anywhere on it', async () => {
    const { wrapper, router } = await openLeague()
    await wrapper.get('tr[data-unit="D21"] .squares').trigger('click', { button: 0 })
    await expect.poll(() => router.currentRoute.value.fullPath, { timeout: 10_000 }).toBe('/units/D21?quarter=2026Q3')
  })
})

describe('sorting and filtering', () => {
  it('sorts by a header, says so to everybody, and keeps it in the address', async () => {
    const { wrapper, names, router } = await openLeague()
    const head = () => wrapper.findAll('thead th').find((each) => each.text() === '得分')
    await head()?.get('button').trigger('click')
    await flushPromises()
    await head()?.get('button').trigger('click')
    await flushPromises()
    expect(head()?.attributes('aria-sort')).toBe('ascending')
    expect(router.currentRoute.value.query['sort']).toBe('score')
    expect(names()).toEqual(['市住房城乡建设局', '市国资委', '市生态环境局', '市统计局'])
  })

  it('finds units by the initials of a name', async () => {
    const { names, wrapper } = await openLeague('/league?unit=zjj')
    await expect.poll(() => names()).toEqual(['市住房城乡建设局'])
    expect(wrapper.get('.count').text()).toBe('符合条件 1 家，全组共 4 家')
  })

  it('proposes to clear the filter that leaves nothing', async () => {
    const { wrapper, router } = await openLeague('/league?unit=没有这家&only=late')
    expect(wrapper.get('.state-block').text()).toContain('没有符合条件的单位')
    expect(wrapper.get('.state-block').text()).toContain('“单位、只看”')
    await wrapper.get('.state-block button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({})
  })

  it('draws only the rows near the screen of a long table, and says how many there are', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      makeRow({ unitCode: `U${index}`, name: `第${index}单位`, rank: index + 1, score: 100 - index / 100 }),
    )
    const { wrapper } = await openLeague('/league', answersWith({ table: makeTable({ rows }) }))
    expect(wrapper.findAll('tr[data-unit]').length).toBeLessThan(100)
    expect(wrapper.get('.count').text()).toBe('共 3,000 行')
    expect(wrapper.get('.league-table').attributes('aria-rowcount')).toBe('3002')
  })
})

describe('states', () => {
  it('says what happened, that the data are safe, and tries again', async () => {
    let isDown = true
    const table = () => {
      if (isDown) throw new Refusal({ code: 'internal', errorNumber: 'ZD-1A2B3C' })
      return makeTable()
    }
    const { wrapper } = await openLeague('/league', answersWith({ table }))
    const block = wrapper.get('[role="alert"]')
    expect(block.text()).toContain('已有数据不受影响')
    expect(block.text()).toContain('ZD-1A2B3C')
    isDown = false
    await block.get('button').trigger('click')
    await flushPromises()
    await flushPromises()
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    expect(wrapper.findAll('tr[data-unit]')).toHaveLength(4)
  })

  it('names a group that the quarter does not have', async () => {
    const table = () => {
      throw new Refusal({ code: 'not_found', reason: 'group_unknown', params: { group: '旧组', quarter: '2026Q3' } })
    }
    const { wrapper } = await openLeague('/league?group=旧组', answersWith({ table }))
    expect(wrapper.get('[role="alert"]').text()).toContain('没有考核分组“旧组”')
  })

  it('leads to the import while there are no units', async () => {
    const { wrapper } = await openLeague('/league', answersWith({ groups: [] }))
    expect(wrapper.get('.state-block a').attributes('href')).toBe('/imports?kind=units')
  })

  it('does not rank a group of one', async () => {
    const { wrapper } = await openLeague('/league', answersWith({ table: makeTable({ rows: [makeRow()] }) }))
    expect(wrapper.get('.headline').text()).toContain('本组只有 1 家，不排名。')
  })
})

describe('a unit among peers out of its reach', () => {
  const OWN = makeMeta({ installation: { unitCode: 'D13', name: '市住房城乡建设局' } })

  async function openPeers(table = makePeersTable(), at = '/league', locale: 'zh-CN' | 'en' = 'zh-CN') {
    return await openLeague(at, { ...answersWith({ table }), meta: { get: OWN } }, locale)
  }

  it('says in the first person where it stands, and beside which mean', async () => {
    const { wrapper } = await openPeers()
    expect(wrapper.get('.headline').text()).toBe('市直组 35 家（34 家参加排名），本单位第 12 名，87.5 分；组均 91.0。')
  })

  it('shows every score as a dot without a name, its own marked, the first three named, and says what is not shown', async () => {
    const { wrapper } = await openPeers()
    const peers = wrapper.get('.league-peers')
    expect(peers.findAll('circle.peer')).toHaveLength(33)
    expect(peers.findAll('circle.own')).toHaveLength(1)
    expect(peers.get('.own-text').text()).toBe('本单位 87.5 分')
    expect(peers.findAll('.top tbody tr').map((line) => line.text())).toEqual([
      '1市生态环境局99.0',
      '并列 2市科技局98.5',
      '并列 2市财政局98.5',
    ])
    expect(peers.text()).toContain('其他 34 家只显示得分的分布')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await peers.get('button').trigger('click')
    const counts = wrapper.findAll('.bands tbody tr').map((line) => Number(line.get('td').text()))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(34)
    expect(
      wrapper
        .findAll('.bands tbody tr')
        .find((line) => line.text().includes('85 至不足 90'))
        ?.text(),
    ).toContain('本单位')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('puts means, not counts, of the group beside its row', async () => {
    const { wrapper } = await openPeers()
    const foot = wrapper.get('tfoot')
    expect(foot.text()).toContain('组均（34 家）')
    expect(foot.text()).toContain('91.0')
    expect(foot.get('.score').text()).toBe('91.0')
    expect(foot.text()).not.toContain('30/36')
    await wrapper.get('tr[data-unit="D13"] .on-time a').trigger('focusin')
    await expect
      .poll(() => document.querySelector('.explanation')?.textContent ?? '')
      .toContain('其他单位的件数、次数不显示')
    expect(document.querySelector('.explanation')?.textContent).not.toContain('全组')
  })

  it('hides a mean of fewer than three with the reason, never as 0 or not measured', async () => {
    const base = makePeersTable()
    const table = makePeersTable({
      total: { ...base.total, unitCount: 2, measuredCount: 2, meanScore: null, meanLost: null },
      peers: { count: 1, scores: [90, 87.5], top: [] },
    })
    const { wrapper } = await openPeers(table)
    expect(wrapper.get('.headline').text()).toContain('参加排名的不足 3 家，不显示组均')
    expect(wrapper.get('tfoot .score').text()).toBe('不显示')
    expect(wrapper.get('.league-peers').text()).toContain('显示平均就等于说出别家得分')
    expect(wrapper.find('.peers-picture .mean').exists()).toBe(false)
  })

  it('says of several units the first and the last, and of one not measured that it is', async () => {
    const rows = [
      makeRow({ unitCode: 'D01', rank: 2 }),
      makeRow({ unitCode: 'D09', name: '市审计局', rank: 30, score: 70 }),
    ]
    const several = await openPeers(makePeersTable({ rows }))
    expect(several.wrapper.get('.headline').text()).toContain(
      '本辖区 2 家：市生态环境局第 2 名，100.0 分；市审计局第 30 名，70.0 分；组均 91.0。',
    )
    several.wrapper.unmount()
    const none = await openPeers(makePeersTable({ rows: [makeNotMeasured({ unitCode: 'D13' })] }))
    expect(none.wrapper.get('.headline').text()).toContain('本单位本季未测量，不参与排名')
  })

  it('says the same on paper, in both languages', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const { wrapper } = await mountApp(LeaguePaper, {
        props: { ...BASE_PROPS, table: makePeersTable(), headline: '一句话。' },
        answers: { ...answersWith(), meta: { get: OWN } },
        locale,
      })
      const text = wrapper.text().replace(/\s+/g, ' ')
      expect(text).toContain(locale === 'en' ? 'Group mean (34 units)' : '组均（34 家）')
      expect(text).toContain(locale === 'en' ? 'First three of the group' : '全组前三名')
      expect(text).toContain('市科技局')
      expect(text).not.toMatch(/\b(league|words|format|ui)\.[a-z]/)
      await expectAccessible(wrapper.element.parentElement ?? document.body)
      wrapper.unmount()
    }
  })
})

describe('for everybody', () => {
  it('is free of barriers', async () => {
    const { wrapper } = await openLeague()
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('has every text in English too', async () => {
    const { wrapper } = await openLeague('/league', answersWith(), 'en')
    expect(wrapper.get('.headline').text()).toContain('3 units of 市直组 are ranked')
    expect(wrapper.text()).not.toMatch(/\b(league|words|format|ui)\.[a-z]/)
  })

  it('explains a score to whoever reaches it with the keyboard', async () => {
    const { wrapper } = await openLeague()
    const link = wrapper.get('tr[data-unit="D13"] .score a')
    await link.trigger('focusin')
    await expect
      .poll(() => document.querySelector('.explanation')?.textContent ?? '')
      .toContain('市住房城乡建设局 87.5 分怎么来的')
    expect(document.getElementById(link.attributes('aria-describedby') ?? '')?.textContent).toContain('−7.0')
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await expect.poll(() => link.attributes('aria-describedby')).toBeUndefined()
  })
})

describe('other media', () => {
  it('puts the whole table on paper: title, every unit, the group, sources and signatures', async () => {
    const { wrapper } = await mountApp(LeaguePaper, {
      props: { ...BASE_PROPS, table: makeTable(), headline: '一句话。' },
      answers: answersWith(),
    })
    const text = wrapper.text().replace(/\s+/g, ' ')
    expect(wrapper.get('h1').text()).toBe('市直组值班工作考核排名表')
    expect(wrapper.findAll('tbody tr')).toHaveLength(6)
    expect(text).toContain('岭安市人民政府办公室')
    expect(text).toContain('演示数据，纯属虚构')
    expect(text).toMatch(/数据截至 2026-10-08 23:59:59.*制表：审核：审定：/)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('gives every line of the paper as many cells as the header has columns', async () => {
    for (const notYetDue of [0, 1]) {
      const table = makeTable({
        total: { ...makeTable().total, timeliness: { onTime: 1, late: 0, missing: 0, notYetDue, owed: 1 + notYetDue } },
      })
      const { wrapper } = await mountApp(LeaguePaper, {
        props: { ...BASE_PROPS, table, headline: '' },
        answers: answersWith(),
      })
      const width = Number(wrapper.get('.title th').attributes('colspan'))
      for (const line of wrapper.findAll('tbody tr:not(.band)')) expect(line.element.children).toHaveLength(width)
      wrapper.unmount()
    }
  })

  it('opens everything about a unit under its line on a phone', async () => {
    const table = makeTable()
    const props = {
      ranked: table.rows.slice(0, 3),
      notMeasured: table.rows.slice(3),
      total: table.total,
      groupView: 'whole',
      base: BASE,
      standing: null,
      standings: new Map(),
      hasBands: true,
      basis: 'official',
      context: { quarter: '2026Q3', asOf: null },
    }
    const { wrapper } = await mountApp(LeagueCards, { props, answers: answersWith() })
    const toggle = wrapper.get('button[aria-label="市住房城乡建设局 的全部指标"]')
    await toggle.trigger('click')
    expect(toggle.attributes('aria-expanded')).toBe('true')
    expect(wrapper.get('.card-detail').text()).toContain('309/312 99.0%')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })
})
