// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { CheckList } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import CheckPage from './CheckPage.vue'
import ChecksPage from './ChecksPage.vue'
import { makeCheck } from './testing/make-check.ts'

const provenance = {
  asOf: '2026-10-08T23:59:59+08:00',
  regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
  methodVersion: '1.0',
  isSynthetic: false,
}

function makeList(overrides: Partial<CheckList> = {}): CheckList {
  return {
    quarter: toQuarter('2026Q3'),
    provenance,
    total: 1,
    isTotalExact: true,
    items: [makeCheck()],
    nextCursor: null,
    ...overrides,
  }
}

describe('ChecksPage', () => {
  it('asks with the filters of the address', async () => {
    const { calls } = await mountApp(ChecksPage, {
      answers: { check: { list: makeList() } },
      at: '/checks?quarter=2026Q3&unit=D13&method=phone&finding=absent&passed=false&search=09',
    })
    expect(calls.find((call) => call.path === 'check.list')?.input).toEqual({
      quarter: '2026Q3',
      unitCode: 'D13',
      method: 'phone',
      finding: 'absent',
      passed: false,
      search: '09',
    })
  })

  it('names each finding with its points and those without', async () => {
    const findings = [
      { finding: 'absent' as const, points: 5 },
      { finding: 'call_forwarded' as const, points: 0 },
    ]
    const { wrapper } = await mountApp(ChecksPage, {
      answers: { check: { list: makeList({ items: [makeCheck({ findings, counts: false })] }) } },
      at: '/checks?quarter=2026Q3',
    })
    expect(wrapper.get('tbody').text().replace(/\s+/g, '')).toContain('脱岗−5.0、呼叫转移不扣分')
    expect(wrapper.get('tbody').text()).toContain('不计')
  })

  it('tells an empty quarter from filters that match nothing', async () => {
    const empty = makeList({ items: [], total: 0 })
    const none = await mountApp(ChecksPage, { answers: { check: { list: empty } }, at: '/checks?quarter=2026Q3' })
    expect(none.wrapper.text()).toContain('本季还没有抽查记录')
    const filtered = await mountApp(ChecksPage, {
      answers: { check: { list: empty } },
      at: '/checks?quarter=2026Q3&method=video',
    })
    expect(filtered.wrapper.text()).toContain('没有符合条件的抽查。试试清空“方式”。')
  })

  it('is free of barriers', async () => {
    const { wrapper } = await mountApp(ChecksPage, {
      answers: { check: { list: makeList() } },
      at: '/checks?quarter=2026Q3',
    })
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('CheckPage', () => {
  function mountCheck(check = makeCheck(), locale: 'zh-CN' | 'en' = 'zh-CN', mayReveal = false) {
    return mountApp(CheckPage, {
      props: { checkCode: check.checkCode },
      answers: { check: { get: { provenance, check, mayReveal, inspectionId: null, appeals: [] } } },
      at: `/checks/${check.checkCode}`,
      locale,
    })
  }

  it('opens with what was found and what it cost', async () => {
    const { wrapper } = await mountCheck()
    expect(wrapper.get('.headline').text()).toBe('9月12日 23:10 电话抽查市住房城乡建设局：1 个问题，扣 2.0 分。')
  })

  it('says that a check of a closed unit counts nothing', async () => {
    const { wrapper } = await mountCheck(makeCheck({ counts: false }))
    expect(wrapper.text()).toContain('抽查当日单位停用，记录保留，不计入考核。')
  })

  it('is free of barriers, in English too', async () => {
    const { wrapper } = await mountCheck(makeCheck({ findings: [], passed: true }), 'en')
    expect(wrapper.text()).not.toMatch(/checks\.|words\./)
    await expectAccessible(wrapper.element.parentElement!)
  })

  describe('masked personal data', () => {
    const masked = makeCheck({ inspectors: ['张*'], note: '值班电话 138****1234 无人接听' })
    const FIELDS = [
      { field: 'inspectors' as const, text: '张三' },
      { field: 'note' as const, text: '值班电话 13800001234 无人接听' },
    ]

    async function openDialog(reveal: NonNullable<Answers['personal']>['reveal'], locale: 'zh-CN' | 'en' = 'zh-CN') {
      const mounted = await mountApp(CheckPage, {
        props: { checkCode: masked.checkCode },
        answers: {
          check: { get: { provenance, check: masked, mayReveal: true, inspectionId: null, appeals: [] } },
          personal: { reveal },
        },
        at: `/checks/${masked.checkCode}`,
        locale,
      })
      await mounted.wrapper.get('.personal button').trigger('click')
      await flushPromises()
      const dialog = (): HTMLElement => {
        const found = document.querySelector<HTMLElement>('.el-dialog')
        if (found === null) throw new Error('no dialog')
        return found
      }
      const say = async (reason: string): Promise<void> => {
        const input = dialog().querySelector('input')
        if (input === null) throw new Error('nowhere to write')
        input.value = reason
        input.dispatchEvent(new Event('input'))
        dialog()
          .querySelector('form')
          ?.dispatchEvent(new Event('submit', { cancelable: true }))
        await flushPromises()
        await flushPromises()
      }
      return { ...mounted, dialog, say }
    }

    it('is offered to those only who may ask', async () => {
      const { wrapper } = await mountCheck(masked)
      expect(wrapper.text()).toContain('张*')
      expect(wrapper.text()).not.toContain('显示个人信息')
    })

    it('asks for a reason of four characters before it asks the server', async () => {
      const { calls, dialog, say } = await openDialog({ fields: FIELDS })
      await say(' 核对 ')
      expect(dialog().textContent).toContain('至少写 4 个字。')
      expect(calls.filter(({ path }) => path === 'personal.reveal')).toEqual([])
      await expectAccessible(dialog().querySelector('.el-dialog__body') ?? dialog())
    })

    it('shows what was asked for, with the reason sent and the trace told', async () => {
      const { calls, wrapper, say } = await openDialog({ fields: FIELDS })
      await say('核对抽查签名')
      expect(calls.find(({ path }) => path === 'personal.reveal')?.input).toEqual({
        kind: 'check',
        id: masked.checkCode,
        reason: '核对抽查签名',
      })
      expect(wrapper.get('.facts').text()).toContain('张三')
      expect(wrapper.get('.facts').text()).toContain('13800001234')
      expect(wrapper.get('[role="status"]').text()).toContain('本次查看已记入审计')
      await expectAccessible(wrapper.element.parentElement!)
    })

    it('says plainly when the server refuses, and keeps the mask', async () => {
      const { wrapper, dialog, say } = await openDialog(() => {
        throw new Refusal({ code: 'forbidden', reason: 'role_forbids', params: {} })
      }, 'en')
      await say('to compare')
      expect(dialog().querySelector('[role="alert"]')?.textContent?.trim()).not.toBe('')
      expect(wrapper.get('.facts').text()).toContain('张*')
      expect(document.body.textContent).not.toMatch(/checks\.|problem\./)
    })
  })

  it('knows no check of that code', async () => {
    const answers = {
      check: {
        get: () => {
          throw new Refusal({ code: 'not_found', reason: 'check_unknown', params: {} })
        },
      },
    }
    const { wrapper } = await mountApp(CheckPage, { props: { checkCode: 'X' }, answers, at: '/checks/X' })
    expect(wrapper.text()).toContain('没有编号为 X 的抽查。')
  })
})
