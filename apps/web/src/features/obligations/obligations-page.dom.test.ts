// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { ObligationList } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { makeObligationItem, makeObligationTimeline } from '../../ui/obligation/testing/make-obligation.ts'
import ObligationsPage from './ObligationsPage.vue'

const provenance = {
  asOf: '2026-08-17T18:00:00+08:00',
  regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
  methodVersion: '1.0',
  isSynthetic: false,
}

function makeList(change: Partial<ObligationList> = {}): ObligationList {
  return {
    quarter: toQuarter('2026Q3'),
    provenance,
    totals: { onTime: 379, late: 23, missing: 6, notYetDue: 4, owed: 412 },
    total: 412,
    isAligned: true,
    items: [
      makeObligationItem(),
      makeObligationItem({
        ref: 'E-2',
        isUnitClosed: true,
        outcome: 'missing',
        metAt: null,
        lateSeconds: null,
        secondsLeft: -90_061,
      }),
      makeObligationItem({
        kind: 'filing',
        ref: '2026-国庆节/roster',
        level: null,
        outcome: 'not_yet_due',
        metAt: null,
        lateSeconds: null,
        secondsLeft: 7200,
        preReport: 'granted',
        isReopened: true,
      }),
    ],
    nextCursor: 'next',
    ...change,
  }
}

const at = '/obligations?quarter=2026Q3'

describe('ObligationsPage', () => {
  it('opens with what is owed and how it stands, without what is nothing', async () => {
    const { wrapper } = await mountApp(ObligationsPage, { answers: { obligation: { list: makeList() } }, at })
    expect(wrapper.get('.headline').text()).toBe('本季应报 412 件次，迟 23，未报 6，尚未到期 4。')
  })

  it('says that all was on time where it was', async () => {
    const allOnTime = makeList({ totals: { onTime: 9, late: 0, missing: 0, notYetDue: 0, owed: 9 }, total: 9 })
    const { wrapper } = await mountApp(ObligationsPage, { answers: { obligation: { list: allOnTime } }, at })
    expect(wrapper.get('.headline').text()).toBe('本季应报 9 件次，都按时。')
  })

  it('asks with the filters and the order of the address, and exports the same', async () => {
    const { calls, wrapper } = await mountApp(ObligationsPage, {
      answers: { obligation: { list: makeList() } },
      at: `${at}&unit=D13&kind=phone&outcome=late&level=I&mark=reopened&sort=unit`,
    })
    const filter = { unitCode: 'D13', kind: 'phone', outcome: 'late', level: 'I', reopened: true, sort: 'unit' }
    expect(calls.find(({ path }) => path === 'obligation.list')?.input).toEqual({ quarter: '2026Q3', ...filter })
    const link = new URL(wrapper.get('a[download]').attributes('href') ?? '', 'http://x')
    expect(Object.fromEntries(link.searchParams)).toEqual({
      quarter: '2026Q3',
      ...filter,
      reopened: 'true',
      lang: 'zh-CN',
    })
  })

  it('draws late, missing, not yet due and no level each in its own way', async () => {
    const { wrapper } = await mountApp(ObligationsPage, { answers: { obligation: { list: makeList() } }, at })
    const [late, missing, waiting] = wrapper.findAll('tbody tr')
    expect(late?.get('.outcome').text()).toBe('迟报 17 分')
    expect(late?.text()).not.toContain('已撤销')
    expect(missing?.text()).toContain('已撤销')
    expect(missing?.get('.status-lamp').text()).toBe('未报，已过 1 天 1 小时')
    expect(missing?.get('.status-lamp').classes()).toContain('is-red')
    expect(waiting?.get('.status-lamp').text()).toBe('还有 2 小时')
    expect(waiting?.text()).toContain('2026年国庆节 值班安排表')
    expect(waiting?.text()).toContain('已预报')
    expect(waiting?.text()).toContain('已重开')
    expect(waiting?.text()).toContain('不适用')
  })

  it('shows the timeline beside the list, and re-opens with an end and a reason only', async () => {
    const timeline = makeObligationTimeline()
    const { calls, wrapper } = await mountApp(ObligationsPage, {
      answers: {
        obligation: {
          list: makeList(),
          get: { provenance, obligation: timeline },
          reopen: { provenance, obligation: timeline },
        },
      },
      at,
    })
    await wrapper.get('tbody tr button.is-text').trigger('click')
    await flushPromises()
    const drawer = document.querySelector('.el-drawer') as HTMLElement
    const words = drawer.textContent ?? ''
    expect(words).toContain('办法不认可预报，不顺延。理由：道路中断')
    expect(words).toContain('考核甲重开到 2026-08-17 16:15。理由：通信线路中断')
    expect(words).toContain('2026-08-17 16:05:01')
    expect(words).toContain('因事实更正被取代')
    await expectAccessible(drawer)
    ;[...drawer.querySelectorAll('button')].find((button) => button.textContent?.trim() === '重开')?.click()
    await flushPromises()
    const dialog = document.querySelector('.el-dialog') as HTMLElement
    await expectAccessible(dialog)
    const confirm = [...dialog.querySelectorAll('button')].find((button) => button.classList.contains('is-primary'))
    confirm?.click()
    await flushPromises()
    expect(dialog.textContent).toContain('请填写重开到什么时候。')
    expect(dialog.textContent).toContain('理由至少写 5 个字。')
    expect(calls.some(({ path }) => path === 'obligation.reopen')).toBe(false)
  })

  it('offers no re-opening to a role without it', async () => {
    const answers = {
      session: { get: makeSession({ account: makeAccount(['unit_officer'], { unitCode: 'D13' }) }) },
      obligation: {
        list: makeList(),
        get: { provenance, obligation: makeObligationTimeline({ reopenRefusal: 'role' }) },
      },
    }
    const { wrapper } = await mountApp(ObligationsPage, { answers, at })
    await wrapper.get('tbody tr button.is-text').trigger('click')
    await flushPromises()
    const drawers = [...document.querySelectorAll('.el-drawer')]
    expect(drawers.at(-1)?.textContent).toContain('时限已过')
    expect([...(drawers.at(-1)?.querySelectorAll('button') ?? [])].map((one) => one.textContent?.trim())).not.toContain(
      '重开',
    )
  })

  const nothing = { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 }
  const empty = makeList({ items: [], totals: nothing, total: 0, nextCursor: null, isAligned: false })

  it('says that a quarter owes nothing, and that the list is being written anew', async () => {
    const work = { waiting: [toQuarter('2026Q3')], running: null }
    const answers = { obligation: { list: empty }, rules: { work } }
    const { wrapper } = await mountApp(ObligationsPage, { answers, at })
    expect(wrapper.text()).toContain('本季没有应报事项')
    expect(wrapper.text()).toContain('2026年第三季度的应报清单和合计仍按旧规则')
  })

  it('says which filter matches nothing', async () => {
    const { wrapper } = await mountApp(ObligationsPage, {
      answers: { obligation: { list: empty } },
      at: `${at}&level=I`,
    })
    expect(wrapper.text()).toContain('没有符合条件的应报事项。试试清空“级别”。')
  })

  it('has every text in English too, and is free of barriers', async () => {
    const { wrapper } = await mountApp(ObligationsPage, {
      answers: { obligation: { list: makeList() } },
      at,
      locale: 'en',
    })
    expect(wrapper.text()).not.toMatch(/obligations?\.|words\.|filters\./)
    await expectAccessible(wrapper.element.parentElement!)
  })
})
