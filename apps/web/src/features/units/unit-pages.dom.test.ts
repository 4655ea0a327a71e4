// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../testing/answer-link.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { makeUnit, makeUnitPage, PROVENANCE } from './testing/make-unit-page.ts'
import UnitPage from './UnitPage.vue'
import UnitsPage from './UnitsPage.vue'

const AT = '/units/D13?quarter=2026Q3'

function mountUnit(page = makeUnitPage(), at = AT, locale: 'zh-CN' | 'en' = 'zh-CN') {
  return mountApp(UnitPage, { props: { unitCode: 'D13' }, answers: { unit: { get: page } }, at, locale })
}

describe('UnitPage', () => {
  it('opens with score, rank and where most was lost', async () => {
    const { wrapper } = await mountUnit()
    expect(wrapper.get('.headline').text()).toBe('得 87.5 分，第 27 名（共 31 家）；失分一半在报送时限。')
    expect(wrapper.text()).toContain('示例规则 2026-1')
  })

  it('says the same in English', async () => {
    const { wrapper } = await mountUnit(makeUnitPage(), AT, 'en')
    expect(wrapper.get('.headline').text()).toBe('87.5 points, rank 27 of 31; half of the loss is in timeliness.')
    expect(wrapper.text()).not.toMatch(/units\.|words\.|timeline\./)
  })

  it('is free of barriers, with and without evidence open', async () => {
    const { wrapper } = await mountUnit()
    await expectAccessible(wrapper.element.parentElement!)
    await wrapper.get('#deductions .reason-button').trigger('click')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('words each deduction and leads to its source', async () => {
    const { wrapper } = await mountUnit()
    const rows = wrapper.findAll('#deductions tbody tr').map((row) => row.text())
    expect(rows.some((row) => row.includes('−1.0') && row.includes('书面首报迟 17 分'))).toBe(true)
    expect(rows.some((row) => row.includes('缺 处置情况、拟采取措施'))).toBe(true)
    expect(rows.some((row) => row.includes('值班安排表迟 9 小时 12 分'))).toBe(true)
    expect(wrapper.find('#deductions a[href="/events/SJ-2026-0817-03"]').exists()).toBe(true)
  })

  it('says why a mean of too few is not shown, and never writes it as 0 or not measured', async () => {
    const page = makeUnitPage()
    const { wrapper } = await mountUnit({
      ...page,
      rankedCount: 2,
      groupUnitCount: 2,
      groupMeanScore: null,
      groupMeanLost: null,
      groupMeanBonus: null,
      trend: page.trend.map((point) => ({ ...point, rankedCount: 2, groupMeanScore: null })),
      previousUnit: null,
      nextUnit: null,
    })
    expect(wrapper.get('.figure-strip').text()).toContain('上季 88.0、组平均不显示')
    expect(wrapper.get('#score').text()).toContain('本组参加排名的不足 3 家')
    expect(
      wrapper
        .get('#score')
        .findAll('thead th')
        .map((head) => head.text()),
    ).not.toContain('组平均')
    expect(wrapper.get('#trend tbody tr').text()).toContain('不显示')
    expect(wrapper.find('.neighbours').exists()).toBe(false)
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('opens the evidence under the deduction, with the subtraction written out', async () => {
    const { wrapper, router } = await mountUnit()
    const button = wrapper.findAll('#deductions .reason-button').find((each) => each.text() === '书面首报迟 17 分')!
    await button.trigger('click')
    await router.isReady()
    await new Promise((resolve) => setTimeout(resolve))
    expect(router.currentRoute.value.query['deduction']).toContain('written_late:SJ-2026-0817-03')
    expect(wrapper.get('.evidence').text()).toContain(
      '16:22 − 14:05 = 2 小时 17 分，超出 2 小时时限 17 分；不满 1 小时按 1 小时计，扣 1.0 分。',
    )
    expect(button.attributes('aria-expanded')).toBe('true')
  })

  it('keeps the filter of the list in the address', async () => {
    const { wrapper } = await mountUnit(makeUnitPage(), `${AT}&dimension=filing&order=time`)
    expect(wrapper.findAll('#deductions tbody tr')).toHaveLength(1)
    expect(wrapper.get('#deductions').text()).toContain('2026年国庆节 值班安排表')
  })

  it('has the score as a table too', async () => {
    const { wrapper } = await mountUnit()
    const rows = wrapper.findAll('#score tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
    expect(rows[1]).toEqual(['及时', '30', '7.0', '−7.0', '93.0', '−2.8'])
    expect(rows.at(-1)?.[4]).toBe('87.5')
  })

  it('explains a dimension that stopped at 0 and a bonus that met its cap', async () => {
    const page = makeUnitPage({ bonusBeforeCap: 8 })
    const row = {
      ...page.row!,
      bonus: 5,
      dimensions: { ...page.row!.dimensions, discipline: 0 },
      lost: { ...page.row!.lost, discipline: 26 },
    }
    const { wrapper } = await mountUnit({ ...page, row })
    expect(wrapper.get('#score').text()).toContain(
      '纪律明细合计扣 26.0 分，满分只有 20.0 分，扣到 0 为止，计 20.0 分。',
    )
    expect(wrapper.get('#score').text()).toContain('加分明细合计 8.0 分，每季封顶，计 5.0 分。')
  })

  it('says in words that a unit was not measured, and ranks it nowhere', async () => {
    const page = makeUnitPage({
      deductions: [],
      events: [],
      checks: [],
      checkCounts: { passed: 0, total: 0 },
      completeness: { part: 0, whole: 0 },
    })
    const row = {
      ...page.row!,
      score: null,
      rank: null,
      grade: null,
      timeliness: { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 },
    }
    const { wrapper } = await mountUnit({ ...page, row })
    expect(wrapper.get('.headline').text()).toContain('未测量')
    expect(wrapper.find('#score').exists()).toBe(false)
    expect(wrapper.text()).toContain('本季没有扣分。')
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('says that a unit was closed', async () => {
    const { wrapper } = await mountUnit({ ...makeUnitPage(), row: null, unit: makeUnit({ isOpen: false }) })
    expect(wrapper.get('.headline').text()).toContain('季末已停用')
  })

  it('leads to the neighbours in the table', async () => {
    const { wrapper } = await mountUnit()
    expect(wrapper.find('a[href="/units/D24?quarter=2026Q3"]').exists()).toBe(true)
  })

  it('knows no unit of that code', async () => {
    const answers = {
      unit: {
        get: () => {
          throw new Refusal({ code: 'not_found', reason: 'unit_unknown', params: { unitCode: 'X' } })
        },
      },
    }
    const { wrapper } = await mountApp(UnitPage, { props: { unitCode: 'X' }, answers, at: '/units/X?quarter=2026Q3' })
    expect(wrapper.text()).toContain('没有编码为 X 的单位。')
  })

  it('says that the server was not reached and asks again', async () => {
    const answers = {
      unit: {
        get: () => {
          throw new Refusal('network')
        },
      },
    }
    const { wrapper, calls } = await mountApp(UnitPage, { props: { unitCode: 'D13' }, answers, at: AT })
    expect(wrapper.text()).toContain('连接不上服务器')
    const before = calls.filter((call) => call.path === 'unit.get').length
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(calls.filter((call) => call.path === 'unit.get').length).toBe(before + 1)
  })
})

describe('UnitsPage', () => {
  const units = [
    makeUnit({ unitCode: 'C01', name: '锦溪县', shortName: null, peerGroup: '县区组' }),
    makeUnit(),
    makeUnit({ unitCode: 'D99', name: '市旧局', shortName: null, isOpen: false }),
  ]
  const answers = {
    unit: { list: { quarter: makeUnitPage().quarter, tree: 'then' as const, provenance: PROVENANCE, units } },
  }

  it('lists the units by group, closed ones marked', async () => {
    const { wrapper } = await mountApp(UnitsPage, { answers, at: '/units?quarter=2026Q3' })
    expect(wrapper.get('.headline').text()).toBe('3 家单位，分 2 个考核分组；1 家季末已停用。')
    expect(wrapper.findAll('h2').map((each) => each.text())).toEqual(['县区组', '市直组'])
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('finds by the text in the address and says when nothing matches', async () => {
    const { wrapper } = await mountApp(UnitsPage, { answers, at: '/units?quarter=2026Q3&find=锦溪' })
    expect(wrapper.findAll('tbody tr')).toHaveLength(1)
    const none = await mountApp(UnitsPage, { answers, at: '/units?quarter=2026Q3&find=没有' })
    expect(none.wrapper.text()).toContain('没有符合条件的单位。')
  })

  it('leads to the import while there is no unit', async () => {
    const empty = {
      unit: { list: { quarter: makeUnitPage().quarter, tree: 'then' as const, provenance: PROVENANCE, units: [] } },
    }
    const { wrapper } = await mountApp(UnitsPage, { answers: empty, at: '/units?quarter=2026Q3' })
    expect(wrapper.find('a[href="/imports?kind=units"]').exists()).toBe(true)
  })
})
