// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { AppealPage, AssessmentPage as AssessmentData } from '@zhidu/contract'
import { type Role, toQuarter } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import AppealPageView from './AppealPage.vue'
import AppealsPage from './AppealsPage.vue'
import AssessmentPage from './AssessmentPage.vue'
import { APPEAL_ID, makeAppealItem, makeAppealList, makeAppealPage, makeAssessment } from './testing/make-appeal.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
type Locale = (typeof LOCALES)[number]
const META = { get: makeMeta({ currentQuarter: toQuarter('2026Q4') }) }

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

async function mountAssessment(page: AssessmentData, locale: Locale = 'zh-CN', more: Answers['assessment'] = {}) {
  const answers = { session: signedIn('approver'), meta: META, assessment: { get: page, ...more } }
  return await mountApp(AssessmentPage, { answers, at: '/assessment?quarter=2026Q3', locale })
}

async function mountAppeal(page: AppealPage, locale: Locale = 'zh-CN', more: Answers['appeal'] = {}) {
  const answers = { session: signedIn('clerk'), appeal: { get: page, ...more } }
  return await mountApp(AppealPageView, {
    answers,
    at: `/appeals/${APPEAL_ID}`,
    locale,
    props: { appealId: APPEAL_ID },
  })
}

function buttonNamed(name: string): HTMLButtonElement {
  const found = [...document.body.querySelectorAll('button')].findLast((one) => one.textContent?.trim() === name)
  if (found === undefined) throw new RangeError(name)
  return found
}

async function press(name: string): Promise<void> {
  buttonNamed(name).click()
  await flushPromises()
}

describe('the assessment', () => {
  it('says where it stands, what is missing and leads there', async () => {
    const { wrapper } = await mountAssessment(makeAssessment())
    expect(wrapper.find('[aria-current=step]').text()).toContain('征求意见与申诉')
    expect(wrapper.text()).toContain('申诉截至 2026-10-16，未决申诉 1 件')
    expect(wrapper.find('.gaps').text()).toContain('2 个抽查问题没有认定')
    expect(wrapper.find('.gaps').text()).toContain('各单位都有数据')
    expect(wrapper.find('.gaps a[href^="/appeals"]').attributes('href')).toBe('/appeals?view=open&quarter=2026Q3')
  })

  it('takes an approval with open appeals only when their rows are marked', async () => {
    const asked: unknown[] = []
    const approve = (input: unknown) => {
      asked.push(input)
      return { done: true as const }
    }
    await mountAssessment(makeAssessment(), 'zh-CN', { approve })
    await press('审定')
    const box = document.body.querySelector<HTMLInputElement>('.marks input')
    box?.click()
    await flushPromises()
    await press('审定')
    expect(asked).toEqual([{ quarter: '2026Q3', steps: 1, marksAppeals: true }])
  })

  it('says why the reader may not approve', async () => {
    const barred = makeAssessment({ next: [{ kind: 'approved', barredBy: 'same_person' }] })
    const { wrapper } = await mountAssessment(barred)
    expect(wrapper.text()).toContain('审定：您已经审定，要由另一人审定')
    expect(wrapper.findAll('.buttons button')).toHaveLength(0)
  })

  it.each(LOCALES)('has no barrier in %s', async (locale) => {
    const { wrapper } = await mountAssessment(makeAssessment(), locale)
    await expectAccessible(wrapper.element)
  })
})

describe('appeals', () => {
  it('are listed with what waits, and each rule with how sure its share is', async () => {
    const answers = { session: signedIn('clerk'), meta: META, appeal: { list: makeAppealList() } }
    const { wrapper } = await mountApp(AppealsPage, { answers, at: '/appeals', locale: 'zh-CN' })
    expect(wrapper.text()).toContain('未决 1 件，待本单位处理 1 件；已决 4 件，其中成立 3 件')
    const [, overturned] = wrapper.findAll('tbody')
    expect(overturned?.findAll('tr').map((row) => row.findAll('td').at(-1)?.text())).toEqual([
      expect.stringMatching(/75.*30.*95/),
      '未决',
    ])
    await expectAccessible(wrapper.element)
  })

  it('keep the reason that was typed when the decision is refused', async () => {
    const page = makeAppealPage({ next: [{ kind: 'upheld', barredBy: null }] })
    await mountAppeal(page, 'zh-CN', {
      decide: () => {
        throw new Refusal({ code: 'CONFLICT', reason: 'case_moved_on' })
      },
    })
    await press('申诉成立')
    const text = document.body.querySelector<HTMLTextAreaElement>('textarea')
    if (text === null) throw new RangeError('no field')
    text.value = '记录属实'
    text.dispatchEvent(new Event('input'))
    await flushPromises()
    await press('申诉成立')
    expect(document.body.querySelector<HTMLTextAreaElement>('textarea')?.value).toBe('记录属实')
    expect(document.body.querySelector('[role=alert]')?.textContent).toContain('刚有人办了一步')
  })

  it('say why the inspector does not decide', async () => {
    const { wrapper } = await mountAppeal(makeAppealPage({ next: [{ kind: 'accepted', barredBy: 'found_it' }] }))
    expect(wrapper.text()).toContain('受理：您参与了这次抽查，要由另一人复核')
  })

  it.each(LOCALES)('have no barrier in %s', async (locale) => {
    const gone = makeAppealPage({ hasDeduction: false, item: makeAppealItem({ state: 'accepted' }) })
    const { wrapper } = await mountAppeal(gone, locale)
    await expectAccessible(wrapper.element)
  })
})
