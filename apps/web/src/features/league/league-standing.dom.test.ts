// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { flushPromises } from '@vue/test-utils'
import type { LeagueStanding } from '@zhidu/contract'
import { NO_FILTER, TABLE_ORDER } from '@zhidu/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import LeagueCards from './LeagueCards.vue'
import LeaguePage from './LeaguePage.vue'
import LeaguePaper from './LeaguePaper.vue'
import PaperLists from './PaperLists.vue'
import { withStanding } from './standing-view.ts'
import { BASE, makePeersTable, makeTable } from './testing/make-league.ts'
import { makeStanding } from './testing/make-standing.ts'

const MOVE = {
  quarter: makeTable().quarter,
  previousQuarter: makeTable().quarter,
  group: '市直组',
  unitCode: 'D13',
  name: '市住房城乡建设局',
  provenance: makeTable().provenance,
  previousRegulation: makeTable().provenance.regulation,
  rankedBefore: 3,
  rankedNow: 3,
  previousRank: 1,
  rank: 2,
  move: {
    gain: -1,
    shares: { own: -36, others: 12, rules: 0, members: 0 },
    places: { own: -2, others: 1, rules: 0, members: 0 },
  },
  obstacle: null,
  joined: 0,
  left: 0,
  isRuleChanged: false,
  deductionsBefore: [],
  deductionsNow: [],
} as const

function answersWith(league: NonNullable<Answers['league']> = {}): Answers {
  return {
    meta: { get: makeMeta() },
    league: {
      groups: [{ group: '市直组', unitCount: 4 }],
      table: makeTable(),
      standing: makeStanding(),
      explainMove: { ...MOVE, deductionsBefore: [], deductionsNow: [] },
      ...league,
    },
  }
}

async function openLeague(at = '/league', answers = answersWith(), locale: 'zh-CN' | 'en' = 'zh-CN') {
  const opened = await mountApp(LeaguePage, { answers, at, locale })
  await flushPromises()
  await flushPromises()
  await flushPromises()
  const { wrapper } = opened
  const lines = () =>
    wrapper
      .findAll('.league-table tbody tr')
      .map((line) => line.attributes('data-unit') ?? line.text().replace(/\s+/g, ' '))
  const cell = (unit: string, selector: string) =>
    wrapper.get(`tr[data-unit="${unit}"] ${selector}`).text().replace(/\s+/g, ' ')
  return { ...opened, lines, cell }
}

function explanation(): string {
  return (document.querySelector('.explanation')?.textContent ?? '').replace(/\s+/g, ' ')
}

beforeEach(() => {
  globalThis.innerWidth = 1440
})

describe('the table with what is known of its certainty', () => {
  it('says who may be told apart, and first only because the sets that hold together say so', async () => {
    const { wrapper } = await openLeague()
    expect(wrapper.get('.headline').text()).toBe(
      '本季只能分出两档：市生态环境局列第一，末尾 1 家多半落后，其余 1 家在档内分不清先后。',
    )
    const unsure = makeStanding()
    const rows = unsure.rows.map((row) => ({ ...row, certain: { ...row.certain, isFirst: false } }))
    const other = await openLeague('/league', answersWith({ standing: { ...unsure, rows } }))
    expect(other.wrapper.get('.headline').text()).not.toMatch(/第一|末位/)
  })

  it('puts rankability beside it, with its words', async () => {
    const { wrapper } = await openLeague()
    const gauge = wrapper.get('.rankability')
    expect(gauge.text()).toContain('可排名性 55%')
    expect(gauge.text()).toContain('能分档，档内分不清')
    expect(gauge.attributes('href')).toBe('/how-to-read#rankability')
  })

  it('cuts bands in official order, with how many and from which to which score', async () => {
    const { lines, wrapper } = await openLeague()
    expect(lines()).toEqual([
      '第一档1 家 100.0 分',
      'D01',
      '第二档2 家 87.5 分 档内先后差别不显著',
      'D13',
      'D21',
      expect.stringContaining('未测量1 家'),
      'D90',
    ])
    expect(wrapper.get('tr[data-unit="D01"]').classes()).toContain('tone-1')
    expect(wrapper.get('tr[data-unit="D21"]').classes()).toContain('tone-3')
  })

  it('sorts by the expected rank without bands, each row naming its own', async () => {
    const { lines, cell, wrapper } = await openLeague('/league?sort=expected')
    expect(lines().slice(0, 3)).toEqual(['D01', 'D21', 'D13'])
    expect(wrapper.find('tr.band.tone-1').exists()).toBe(false)
    expect(cell('D21', '.unit')).toContain('第二档')
  })

  it('gives each place its range, one number where both ends are the same, and none to a unit not measured', async () => {
    const { cell, wrapper } = await openLeague()
    expect([cell('D13', 'td.places'), cell('D21', 'td.places'), cell('D90', 'td.places')]).toEqual(['2–3', '3', '—'])
    expect(wrapper.get('tr[data-unit="D13"] .range-bar').attributes('aria-label')).toBe(
      '正式名次 2，期望名次 2.6，可能名次 2–3',
    )
    expect(cell('D90', 'td.range')).toBe('不参与排名')
    expect(wrapper.get('tr[data-unit="D13"] .rate-whisker').attributes('aria-label')).toContain('22/26 84.6%')
    expect(wrapper.find('tr[data-unit="D90"] .rate-whisker').exists()).toBe(false)
  })

  it('leaves the table when the ranges fail, says so, and tries again', async () => {
    let isDown = true
    const standing = (): LeagueStanding => {
      if (isDown) throw new Refusal({ code: 'internal' })
      return makeStanding()
    }
    const { wrapper, lines } = await openLeague('/league', answersWith({ standing }))
    expect(wrapper.get('.standing-state').text()).toContain('得分和名次不受影响')
    expect(lines().filter((line) => /^D\d+$/.test(line))).toHaveLength(4)
    isDown = false
    await wrapper.get('.standing-state button').trigger('click')
    await flushPromises()
    await flushPromises()
    expect(wrapper.find('.standing-state').exists()).toBe(false)
    expect(wrapper.findAll('.range-bar')).toHaveLength(3)
  })

  it('asks for the ranges of the same table: quarter, group, moment and tree', async () => {
    const at = '/league?quarter=2026Q3&group=市直组&tree=now&asOf=2026-08-01T00:00:00%2B08:00'
    const { calls } = await openLeague(at)
    const inputs = ['league.table', 'league.standing'].map((path) => calls.find((call) => call.path === path)?.input)
    expect(inputs[1]).toEqual(inputs[0])
    expect(inputs[1]).toMatchObject({ tree: 'now', asOf: '2026-08-01T00:00:00+08:00' })
  })
})

describe('a movement', () => {
  it('has its word and triangle where more than chance moved it', async () => {
    const { cell, wrapper } = await openLeague()
    expect(cell('D13', '.rank-move')).toContain('降 1')
    expect(wrapper.get('tr[data-unit="D13"] .rank-move').classes()).toContain('is-solid')
    expect(cell('D21', '.rank-move')).toBe('新')
  })

  it('is explained by both quarters, the interval, the sum, and how much of it may be chance', async () => {
    const { wrapper } = await openLeague()
    await wrapper.get('tr[data-unit="D13"] .rank-move').trigger('focusin')
    await expect.poll(explanation).toContain('名次变化 −1 = 自身 −2，他人 +1，规则 0，成员 0')
    for (const part of ['22/26', '84.6%', '26/26', '−33.6 至 −1.4', '本表比较 1 家', '约 5%']) {
      expect(explanation()).toContain(part)
    }
  })
})

describe('the explanation of a place', () => {
  it('holds everything that is known of it, and a press goes into it and comes back', async () => {
    const { wrapper } = await openLeague()
    const button = wrapper.get('tr[data-unit="D13"] .places-button')
    await button.trigger('click')
    await expect.poll(explanation).toContain('市住房城乡建设局第 2 名，可能 2–3 名')
    for (const part of ['2.6', '5%', '45%', '分不清', '4,000', '0123456789abcdef', '同样的数据给出同样的区间']) {
      expect(explanation()).toContain(part)
    }
    const links = [...document.querySelectorAll('.explanation a')].map((link) => link.getAttribute('href') ?? '')
    expect(links.some((link) => link.startsWith('/compare?') && link.includes('a=D13') && link.includes('b=D21'))).toBe(
      true,
    )
    expect(document.querySelector('.explanation')?.getAttribute('role')).toBe('dialog')
    await expectAccessible(document.body)
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await expect.poll(() => document.querySelector('.explanation')?.getAttribute('role') ?? null).not.toBe('dialog')
  })
})

describe('the fair comparison', () => {
  it('has its own order and range beside the official score, and says why the places differ', async () => {
    const { lines, cell, wrapper } = await openLeague('/league?basis=fair')
    expect(lines().slice(0, 3)).toEqual(['D13', 'D01', 'D21'])
    expect([cell('D13', '.rank'), cell('D13', '.score'), cell('D13', 'td.places')]).toEqual(['1', '87.5', '1–3'])
    expect(cell('D13', 'td.fair')).toBe('12.5/20.00.630.70件数多')
    expect(cell('D21', 'td.fair')).toBe('没有可比的机会')
    expect(wrapper.get('.basis-note').text()).toContain('正式得分和正式名次仍是上报依据')
    await wrapper.get('tr[data-unit="D13"] .fair-cell').trigger('focusin')
    await expect.poll(explanation).toContain('主要因为应报和抽查比同组多，约 6.2 分')
    expect(explanation()).toContain('22/26 84.6%')
  })

  it('is chosen by a switch, in the address, and changes back', async () => {
    const { wrapper, router } = await openLeague('/league?sort=-score')
    const press = async (name: string) => {
      await wrapper
        .findAll('.zd-segment')
        .find((each) => each.text() === name)
        ?.trigger('click')
      await flushPromises()
    }
    await press('同量可比')
    expect(router.currentRoute.value.query).toEqual({ basis: 'fair' })
    await press('正式得分')
    expect(router.currentRoute.value.query).toEqual({})
  })
})

describe('the lists for a bulletin', () => {
  it('carry the probability of truly belonging there and its word, the surest first', async () => {
    const { wrapper } = await openLeague()
    const lines = wrapper.findAll('.league-lists tbody tr').map((line) => line.text().replace(/\s+/g, ' '))
    expect(lines).toEqual([
      '1市生态环境局100.01–290%确定，列第一',
      '并列 2市国资委87.5383%多半',
      '并列 2市住房城乡建设局87.52–345%分不清',
    ])
  })

  it('are the same on their own sheet, in both languages', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const props = { table: makeTable(), standing: makeStanding() }
      const { wrapper } = await mountApp(PaperLists, { props, answers: answersWith(), locale })
      const text = wrapper.text().replace(/\s+/g, ' ')
      expect(text).toContain(locale === 'en' ? 'certain, first of all' : '确定，列第一')
      expect(text).not.toMatch(/\b(league|words|format|ui)\.[a-z]/)
      await expectAccessible(wrapper.element.parentElement ?? document.body)
      wrapper.unmount()
    }
  })
})

describe('a unit among peers out of its reach', () => {
  it('sees its own range and whether the group can be ranked, and nothing of its siblings', async () => {
    const table = makePeersTable()
    const [, own] = makeStanding().rows
    const standing = makeStanding({
      measuredCount: 34,
      seed: null,
      rows: own === undefined ? [] : [{ ...own, rank: 12, rankInterval: { low: 8, high: 20, level: 0.9 } }],
      praise: [],
      criticism: [{ unitCode: 'D13', rank: 12, probability: 0.2, certainty: 'cannot_tell', isEnd: false }],
    })
    const answers = {
      ...answersWith({ table, standing }),
      meta: { get: makeMeta({ installation: { unitCode: 'D13', name: '市住房城乡建设局' } }) },
    }
    const { wrapper } = await openLeague('/league', answers)
    expect(wrapper.get('.headline').text()).toContain('本单位第 12 名（可能 8–20 名），87.5 分')
    expect(wrapper.get('.league-peers .sure').text()).toBe(
      '本单位第 12 名，可能 8–20 名，在第二档。本组可排名性 55%（中等）：能分档，档内分不清。',
    )
    expect(wrapper.find('.league-lists').exists()).toBe(false)
    expect(wrapper.findAll('.range-bar')).toHaveLength(1)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })
})

describe('other media', () => {
  const standing = makeStanding()
  const standings = new Map(standing.rows.map((row) => [row.unitCode, row]))

  it('puts bands, ranges and the tested movements on paper, as many cells in every line', async () => {
    for (const basis of ['official', 'fair'] as const) {
      const { wrapper } = await mountApp(LeaguePaper, {
        props: {
          base: BASE,
          filter: NO_FILTER,
          sort: TABLE_ORDER,
          table: makeTable(),
          headline: '一句话。',
          standing,
          basis,
        },
        answers: answersWith(),
      })
      const width = Number(wrapper.get('.title th').attributes('colspan'))
      for (const line of wrapper.findAll('tbody tr:not(.band)')) expect(line.element.children).toHaveLength(width)
      const text = wrapper.text().replace(/\s+/g, ' ')
      expect(text).toContain('按时率显著下降')
      expect(text).toContain('可排名性 55%（中等）')
      expect(wrapper.findAll('tr.band')).toHaveLength(basis === 'official' ? 3 : 1)
      expect(text.includes('不是正式名次')).toBe(basis === 'fair')
      await expectAccessible(wrapper.element.parentElement ?? document.body)
      wrapper.unmount()
    }
  })

  it('marks on paper who stands on a confirmed list, and on no other version', async () => {
    const [first] = makeTable().rows
    for (const version of [1, 2]) {
      const table = makeTable()
      const frozen = { version, frozenAt: '2026-10-10T09:00:00+08:00' } as never
      const { wrapper } = await mountApp(LeaguePaper, {
        props: {
          base: BASE,
          filter: NO_FILTER,
          sort: TABLE_ORDER,
          table: { ...table, provenance: { ...table.provenance, frozen } },
          headline: '',
          standing,
          basis: 'official',
        },
        answers: {
          ...answersWith(),
          session: { get: makeSession({ account: makeAccount(['clerk']) }) },
          commendation: {
            get: {
              confirmed: {
                frozenVersion: 1,
                names: [{ kind: 'praise', unitCode: first?.unitCode, isNamed: true, reason: null }],
              },
            },
          } as never,
        },
      })
      await flushPromises()
      expect(wrapper.text().match(/（已确认）/g)?.length ?? 0).toBe(version === 1 ? 1 : 0)
      wrapper.unmount()
    }
  })

  it('keeps the range and its bar on a phone, and everything else under the line', async () => {
    const table = makeTable()
    const props = {
      ranked: withStanding(table.rows.slice(0, 3), standings),
      notMeasured: withStanding(table.rows.slice(3), standings),
      total: table.total,
      groupView: 'whole',
      base: BASE,
      standing,
      standings,
      hasBands: true,
      basis: 'official',
      context: { quarter: '2026Q3', asOf: null, tree: 'then' },
    }
    const { wrapper } = await mountApp(LeagueCards, { props, answers: answersWith() })
    expect(wrapper.findAll('.possible').map((line) => line.text())).toEqual(['可能 1–2', '可能 2–3', '可能 3'])
    expect(wrapper.findAll('.range-bar')).toHaveLength(3)
    expect(wrapper.findAll('.card-band')).toHaveLength(2)
    await wrapper.get('button[aria-label="市住房城乡建设局 的全部指标"]').trigger('click')
    expect(wrapper.get('.card-detail').text()).toContain('市住房城乡建设局第 2 名，可能 2–3 名')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('has every text in English too', async () => {
    const { wrapper } = await openLeague('/league', answersWith(), 'en')
    expect(wrapper.get('.headline').text()).toContain('Only 2 bands can be told apart')
    expect(wrapper.text()).not.toMatch(/\b(league|words|format|ui)\.[a-z]/)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })
})
