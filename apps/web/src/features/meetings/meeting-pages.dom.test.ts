// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { MeetingPage as MeetingAnswer } from '@zhidu/contract'
import type { MeetingItem, Role } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import { buildSlides } from './build-slides.ts'
import { editsBetween, moved } from './item-edits.ts'
import MeetingPage from './MeetingPage.vue'
import MeetingsPage from './MeetingsPage.vue'
import SheetPage from './SheetPage.vue'
import ShowPage from './ShowPage.vue'
import { makeDecision, makeInvitation, makeMeeting, makeSheet, MEETING_ID } from './testing/make-meeting.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const LOCALES = ['zh-CN', 'en'] as const
const UNTOLD = /meetings\.[a-z]|overview\.|words\.|format\./
const AT = '2026-10-20T09:00:00+08:00'

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

async function mountMeeting(
  tab: string,
  {
    role = 'clerk' as Role,
    locale = 'zh-CN' as 'zh-CN' | 'en',
    page = makeMeeting(),
    more = {} as Answers['meeting'],
  } = {},
) {
  const answers = { session: signedIn(role), meeting: { get: page, ...more } }
  const at = `/meetings/${MEETING_ID}?tab=${tab}`
  return await mountApp(MeetingPage, { answers, at, locale, props: { meetingId: MEETING_ID } })
}

async function press(name: string): Promise<void> {
  const found = [...document.body.querySelectorAll('button')].findLast((one) => one.textContent?.trim() === name)
  if (found === undefined) throw new RangeError(name)
  found.click()
  await flushPromises()
}

describe('the page of a meeting', () => {
  it.each(
    ['agenda', 'invitations', 'material', 'minutes', 'decisions'].flatMap((tab) =>
      LOCALES.map((locale) => [tab, locale] as const),
    ),
  )('has every text of %s in %s and no barrier', async (tab, locale) => {
    const { wrapper } = await mountMeeting(tab, { locale })
    expect(wrapper.text()).not.toMatch(UNTOLD)
    await expectAccessible(wrapper.element.parentElement!)
  })

  it('keeps what was typed when somebody else changed the same item', async () => {
    const refusal = new Refusal({
      code: 'conflict',
      reason: 'meeting_item_changed',
      params: { by: '甲', count: '1', at: AT },
    })
    const { wrapper } = await mountMeeting('agenda', {
      more: {
        save: () => {
          throw refusal
        },
      },
    })
    await press('编辑')
    await wrapper.get('textarea').setValue('我写的')
    await press('保存')
    expect(wrapper.get('[role=alert]').text()).toContain('甲')
    expect(wrapper.get('textarea').element.value).toBe('我写的')
  })

  it('takes a link out of an item and puts that of a unit in', async () => {
    const sent: unknown[] = []
    const save = (input: unknown) => {
      sent.push(input)
      return { meetingId: MEETING_ID, revision: 2 }
    }
    const { wrapper } = await mountMeeting('agenda', { more: { save } })
    await press('编辑')
    await wrapper.get('.links button').trigger('click')
    expect(wrapper.get('.links').findAll('button')).toHaveLength(0)
    await wrapper.get('.links select').setValue('D01')
    await wrapper.findAll('.links')[1]!.get('button').trigger('click')
    await press('保存')
    const [first, second] = makeMeeting().agenda.document.items
    expect(sent).toEqual([
      {
        meetingId: MEETING_ID,
        part: 'agenda',
        revision: 1,
        edits: [{ kind: 'replace', paragraph: { ...second, evidence: [] } }],
      },
    ])
    expect(first?.evidence).toEqual([{ kind: 'unit', ref: 'D01' }])
  })

  it('says of a change of an indicator how sure it is, and that extremes come back by themselves', async () => {
    const { wrapper } = await mountMeeting('decisions')
    expect(wrapper.text()).toContain('相差+40.0个百分点（95%区间+2.0至+66.0）。 改善超出偶然波动。')
    expect(wrapper.text()).toContain('向均值靠近')
  })

  it('sets another last day where a report is returned, and hands a report in with the files that are there', async () => {
    const hash = 'ab'.repeat(32)
    const draft = {
      type: 'application/pdf',
      name: '样张.pdf',
      sha256: hash,
      bytes: 9,
      receivedBytes: 9,
      receivedSha256: hash,
    }
    const decision = makeDecision({
      drafts: [draft as MeetingAnswer['decisions'][number]['drafts'][number]],
      next: [
        { kind: 'reported', barredBy: null },
        { kind: 'returned', barredBy: null },
      ],
    })
    const sent: unknown[] = []
    const take = (input: unknown) => {
      sent.push(input)
      return { done: true as const }
    }
    const page = makeMeeting({ decisions: [decision], earlier: [] })
    await mountMeeting('decisions', { role: 'approver', page, more: { verifyDecision: take, answerDecision: take } })
    for (const name of ['退回', '报告完成']) {
      await press(name)
      const dialog = document.body.querySelector('dialog[open]') ?? document.body
      const text = dialog.querySelector('textarea')!
      text.value = '写明情况'
      text.dispatchEvent(new Event('input'))
      const day = dialog.querySelector<HTMLInputElement>('input[type=date][id$=day]')
      if (name === '退回' && day !== null) {
        day.value = '2026-12-20'
        day.dispatchEvent(new Event('input'))
      }
      await press(name)
    }
    const { decisionId } = decision
    expect(sent).toEqual([
      { decisionId, steps: 1, kind: 'returned', note: '写明情况', lastDay: '2026-12-20' },
      { decisionId, steps: 1, kind: 'reported', note: '写明情况', files: [hash] },
    ])
  })

  it('offers a signature to nobody who wrote the minutes', async () => {
    const item = { ...makeMeeting().item, minutes: 'submitted' as const }
    const { wrapper } = await mountMeeting('minutes', { role: 'approver', page: makeMeeting({ item, isAuthor: true }) })
    expect(wrapper.text()).toContain('要由另一人签发')
    expect([...document.body.querySelectorAll('button')].map((one) => one.textContent?.trim())).not.toContain('签发')
  })
})

describe('the list', () => {
  it.each(LOCALES)('shows meetings, and what is asked of the own unit, in %s', async (locale) => {
    const list = {
      asOf: AT,
      items: [makeMeeting().item],
      toDraft: [{ quarter: makeMeeting().item.quarter, version: 1 }],
    }
    const mine = { asOf: AT, invitations: [makeInvitation()], decisions: [makeDecision()] }
    const answers = { session: signedIn('clerk'), meeting: { list, mine } }
    const { wrapper } = await mountApp(MeetingsPage, { answers, at: '/meetings', locale })
    expect(wrapper.text()).not.toMatch(UNTOLD)
    expect(wrapper.text()).toContain('第一会议室')
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the page of a unit', () => {
  it.each(LOCALES)('is whole and free of barriers in %s', async (locale) => {
    const answers = { session: signedIn('unit_officer'), meeting: { sheet: makeSheet() } }
    const props = { meetingId: MEETING_ID, unitCode: 'D01' }
    const { wrapper } = await mountApp(SheetPage, { answers, at: `/meetings/${MEETING_ID}/units/D01`, locale, props })
    expect(wrapper.text()).not.toMatch(UNTOLD)
    await expectAccessible(wrapper.element.parentElement!)
  })
})

describe('the projector', () => {
  const NAMES = /气象|D01/
  const key = (name: string) => globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: name }))

  async function mountShow(page: MeetingAnswer = makeMeeting()) {
    const answers = { session: signedIn('leader'), meeting: { get: page } }
    return await mountApp(ShowPage, { answers, at: `/meetings/${MEETING_ID}/show`, props: { meetingId: MEETING_ID } })
  }

  it('shows no name in any slide, attribute or title until it is asked to, by keyboard alone', async () => {
    const { wrapper } = await mountShow()
    for (let slide = 0; slide < 3; slide += 1) {
      expect(document.documentElement.outerHTML + document.title).not.toMatch(NAMES)
      await expectAccessible(wrapper.element.parentElement!)
      key('ArrowRight')
      await flushPromises()
    }
    expect(wrapper.text()).toContain('单位A（单位A）介绍做法')
    key('h')
    await flushPromises()
    expect(wrapper.text()).toContain('气象局（D01）介绍做法')
    key('ArrowLeft')
    await flushPromises()
    expect(wrapper.text()).toContain('市气象局进步明显')
  })

  it('takes every name out of every slide', () => {
    expect(JSON.stringify(buildSlides(makeMeeting(), true, '单位'))).not.toMatch(NAMES)
    expect(JSON.stringify(buildSlides(makeMeeting(), false, '单位'))).toMatch(NAMES)
  })
})

describe('edits of items', () => {
  const item = (id: string, text = id): MeetingItem => ({ id, kind: 'note', text, unitCodes: [], evidence: [] })
  const base = [item('a'), item('b'), item('c')]

  it('replace, remove, add, and move under an id of its own', () => {
    expect(editsBetween(base, base, () => 'x')).toEqual([])
    expect(editsBetween(base, [item('a', '改'), item('c'), item('d')], () => 'x')).toEqual([
      { kind: 'remove', id: 'b' },
      { kind: 'replace', paragraph: item('a', '改') },
      { kind: 'insert', after: 'c', paragraph: item('d') },
    ])
    expect(editsBetween(base, moved(base, 0, 1), () => 'x')).toEqual([
      { kind: 'remove', id: 'a' },
      { kind: 'insert', after: 'b', paragraph: item('x', 'a') },
    ])
    expect(moved(base, 2, 1)).toEqual(base)
  })
})
