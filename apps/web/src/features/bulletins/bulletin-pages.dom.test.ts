// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { BulletinCheck, BulletinPage as BulletinAnswer } from '@zhidu/contract'
import { toQuarter, type Role } from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeAccount, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import BulletinPage from './BulletinPage.vue'
import BulletinsPage from './BulletinsPage.vue'
import { diffDocuments } from './document-edits.ts'
import { readRuns, showRuns } from './paragraph-dom.ts'
import { evidenceOf } from './evidence-link.ts'
import { BULLETIN_ID, makeCheck, makeItem, makePage } from './testing/make-bulletin.ts'

afterEach(() => {
  document.body.innerHTML = ''
  sessionStorage.clear()
})

function signedIn(role: Role): Answers['session'] {
  return { get: makeSession({ account: makeAccount([role]) }) }
}

function buttonNamed(name: string): HTMLButtonElement {
  const found = [...document.body.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
  if (found === undefined) throw new RangeError(name)
  return found
}

async function click(name: string): Promise<void> {
  buttonNamed(name).click()
  await flushPromises()
}

async function mountPage(page: () => BulletinAnswer, role: Role = 'clerk', bulletin: Answers['bulletin'] = {}) {
  const answers = { session: signedIn(role), bulletin: { get: page, check: makeCheck(), ...bulletin } }
  const props = { bulletinId: BULLETIN_ID }
  return await mountApp(BulletinPage, { answers, at: `/bulletins/${BULLETIN_ID}`, props })
}

/** Types into a paragraph as a browser does: its nodes change, then it says so. */
async function type(nth: number, text: string): Promise<void> {
  const editor = document.body.querySelectorAll('.paragraph-editor')[nth]
  if (!(editor instanceof HTMLElement)) throw new RangeError('no paragraph')
  editor.prepend(document.createTextNode(text))
  editor.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

describe('an editable paragraph', () => {
  it('gives back what it shows, figures whole, and takes no line end', () => {
    const place = document.createElement('div')
    const runs = makePage().document.paragraphs[1]?.runs ?? []
    showRuns(place, runs, { stateOf: () => 'same', labelOf: ({ text }) => text })
    expect(readRuns(place)).toEqual(runs)
    place.append(document.createElement('br'), document.createTextNode('\n另'), document.createTextNode('记'))
    expect(readRuns(place).at(-1)).toEqual({ kind: 'text', text: '件。 另记' })
  })
})

it('a figure leads to the rows behind it', () => {
  const quarter = toQuarter('2026Q3')
  expect(evidenceOf('unit:D01/late', quarter)).toEqual({
    path: '/obligations',
    query: { quarter, unitCode: 'D01', kind: 'written', outcome: 'late' },
  })
  expect(evidenceOf('all/count.absent', quarter)).toEqual({ path: '/checks', query: { quarter, finding: 'absent' } })
  expect(evidenceOf('group:市直组/standing', quarter)).toEqual({ path: '/league', query: { quarter, group: '市直组' } })
  expect(evidenceOf('nothing', quarter)).toBeNull()
})

describe('the sheet', () => {
  it('shows a figure changed by hand, and sends only the paragraphs that were written in', async () => {
    const { calls, wrapper } = await mountPage(() => makePage({}, '90'), 'clerk', {
      check: makeCheck('90'),
      save: { bulletinId: BULLETIN_ID, revision: 4 },
    })
    expect(wrapper.find('.figure.is-changed').text()).toBe('90')
    expect(wrapper.text()).toContain('有人工改动没有写明理由')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await click('编辑')
    await type(0, '关于值班的')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await click('保存（1 处改动）')
    expect(calls.find(({ path }) => path === 'bulletin.save')?.input).toEqual({
      bulletinId: BULLETIN_ID,
      revision: 3,
      edits: [
        {
          kind: 'replace',
          paragraph: { id: 'p1', style: 'title', runs: [{ kind: 'text', text: '关于值班的通报' }] },
        },
      ],
    })
  })

  it('shows both texts of a paragraph that somebody else changed, and keeps what was typed', async () => {
    let page = makePage()
    const { wrapper } = await mountPage(() => page, 'clerk', {
      save: () => {
        const [title, body] = page.document.paragraphs
        if (title === undefined || body === undefined) throw new RangeError('no text')
        const theirs = { ...title, runs: [{ kind: 'text' as const, text: '对方的标题' }] }
        page = makePage({ item: makeItem({ revision: 4 }), document: { version: 1, paragraphs: [theirs, body] } })
        throw new Refusal({
          code: 'conflict',
          reason: 'bulletin_paragraph_changed',
          params: { count: '1', by: '乙', at: '' },
        })
      },
    })
    await click('编辑')
    await type(0, '我的')
    await click('保存（1 处改动）')
    await flushPromises()
    expect(wrapper.find('.conflicts').text()).toContain('我的通报')
    expect(wrapper.find('.conflicts').text()).toContain('对方的标题')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await click('用我的')
    expect(buttonNamed('保存（1 处改动）').disabled).toBe(false)
  })

  it('shows the text before the figures are checked, and what was not checked is not called right', async () => {
    const { promise, resolve } = Promise.withResolvers<BulletinCheck>()
    const { wrapper } = await mountPage(() => makePage({}, '90'), 'clerk', { check: () => promise })
    expect(wrapper.find('.bulletin-paper').text()).toContain('迟报90件')
    expect(wrapper.text()).toContain('正在按快照重新核对全部数字。')
    expect(wrapper.text()).not.toContain('与快照一致')
    resolve(makeCheck('90'))
    await flushPromises()
    expect(wrapper.find('.check-panel').text()).toContain('人工改动')
  })

  it('brings back what was not saved when the page is opened again', async () => {
    const first = await mountPage(() => makePage())
    await click('编辑')
    await type(0, '补')
    first.wrapper.unmount()
    document.body.innerHTML = ''
    const { wrapper } = await mountPage(() => makePage())
    await click('编辑')
    expect(wrapper.text()).toContain('已恢复上次未保存的改动。')
    expect(wrapper.find('.paragraph-editor').text()).toBe('补通报')
  })

  it('cannot be written once it is published, and is published by nobody who wrote it', async () => {
    const published = makePage({
      item: makeItem({ state: 'published', publishedBy: '审定人', publishedAt: '2026-10-10T09:00:00+08:00' }),
    })
    const { wrapper } = await mountPage(() => published)
    expect(wrapper.text()).toContain('通报已发布，不能再改。')
    expect([...document.body.querySelectorAll('button')].some((one) => one.textContent?.trim() === '编辑')).toBe(false)
    wrapper.unmount()
    document.body.innerHTML = ''
    const submitted = makePage({ item: makeItem({ state: 'submitted' }) })
    const other = await mountPage(() => submitted, 'approver')
    expect(other.wrapper.text()).toContain('要由另一人签发')
    await expectAccessible(other.wrapper.element.parentElement ?? document.body)
  })
})

it('the list says what waits, and drafts a frozen quarter', async () => {
  const list = { items: [makeItem()], toDraft: [{ quarter: toQuarter('2026Q2'), version: 1 }] }
  const answers = { session: signedIn('clerk'), bulletin: { list, create: { bulletinId: BULLETIN_ID } } }
  const { calls, wrapper } = await mountApp(BulletinsPage, { answers, at: '/bulletins' })
  expect(wrapper.text()).toContain('有 1 份通报还没有发布。')
  await expectAccessible(wrapper.element.parentElement ?? document.body)
  await click('起草2026年第二季度通报')
  expect(calls.find(({ path }) => path === 'bulletin.create')?.input).toEqual({ quarter: '2026Q2' })
})

it('edits are what was changed, added and removed', () => {
  const base = makePage().document
  const [title, body] = base.paragraphs
  if (title === undefined || body === undefined) throw new RangeError('no text')
  const added = { id: 'n', style: 'body' as const, runs: [] }
  expect(diffDocuments(base, { version: 1, paragraphs: [title, added] })).toEqual([
    { kind: 'insert', after: 'p1', paragraph: added },
    { kind: 'remove', id: 'p2' },
  ])
})
