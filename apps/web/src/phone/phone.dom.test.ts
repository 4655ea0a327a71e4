import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../testing/mount-app.ts'
import { PHONE } from './core/phone.ts'
import { createPhoneI18n, type PhoneLocale } from './i18n/phone-i18n.ts'
import PhoneApp from './PhoneApp.vue'
import { makeKit, makeUnit } from './testing/make-kit.ts'
import { makePhone, type TestPhone, type TestPhoneOptions } from './testing/make-phone.ts'

const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

/** A telephone number opens the dialler of a phone; happy-dom would leave the page for it. */
function stayHere(event: Event): void {
  if (event.target instanceof Element && event.target.closest('a[href^="tel:"]') !== null) event.preventDefault()
}

beforeEach(() => {
  document.addEventListener('click', stayHere)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  location.hash = ''
})
afterEach(() => {
  document.removeEventListener('click', stayHere)
  vi.useRealTimers()
})

async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await flushPromises()
  dispatchEvent(new Event('hashchange'))
  await flushPromises()
}

function show(test: TestPhone, locale: PhoneLocale = 'zh-CN') {
  const wrapper = mount(PhoneApp, {
    attachTo: document.body,
    global: { plugins: [createPhoneI18n(locale)], provide: { [PHONE as symbol]: test.phone } },
  })
  const buttons = () => wrapper.findAll('button, a, label')
  return {
    wrapper,
    text: () => wrapper.text(),
    /** Presses what says this; the first that does. */
    async tap(words: string | RegExp): Promise<void> {
      const found = buttons().find((one) =>
        typeof words === 'string' ? one.text().includes(words) : words.test(one.text()),
      )
      if (found === undefined) throw new Error(`nothing says ${String(words)}: ${wrapper.text()}`)
      expect(found.attributes('disabled'), String(words)).toBeUndefined()
      // A link of these pages only changes the place; happy-dom would leave for it.
      const href = found.attributes('href')
      if (href?.startsWith('#') === true) location.hash = href
      await found.trigger('click')
      await settle()
    },
    async answer(item: string, words: string): Promise<void> {
      const group = wrapper.findAll('[role=group]').find((one) => one.attributes('aria-label') === item)
      await group
        ?.findAll('button')
        .find((one) => one.text() === words)
        ?.trigger('click')
      await settle()
    },
    async pass(ms: number): Promise<void> {
      test.pass(ms)
      vi.advanceTimersByTime(500)
      await settle()
    },
  }
}

async function openNight(options: TestPhoneOptions = {}) {
  const test = await makePhone(options)
  await test.phone.refreshKit()
  const page = show(test)
  await settle()
  return { test, page }
}

function sent(test: TestPhone): Record<string, unknown>[] {
  return [...test.documents.values()].map((text) => JSON.parse(text) as Record<string, unknown>)
}

describe('a telephone check', () => {
  it('takes five taps when all is well, and six with a fault', async () => {
    const { page, test } = await openNight()
    await page.tap('市住房城乡建设局')
    expect(page.text()).toContain('第 1 家，共 8 家')
    expect(page.text()).toContain('设值班室，上次抽查 9月12日 换班未报备，待认定问题 3 项')
    await page.tap('拨号，一拨')
    await page.pass(12_000)
    expect(page.wrapper.find('.timer .big').text()).toBe('3声')
    await page.tap('接听，在岗')
    await page.answer('说得出首报时限', '否')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    expect(page.wrapper.find('.read').text()).toBe(
      '10月9日 21 时 36 分，市总值班室电话抽查市住房城乡建设局。一拨第 3 声接听，值班员李四在岗，带班领导张三可联系。“说得出首报时限”一项不符。有异议请现在提出，也可在 3 个工作日内书面说明。',
    )
    expect(page.text()).toContain('业务不熟（拟扣 1 分，待认定）')
    await page.tap('保存，下一家')
    expect(page.text()).toContain('第 2 家，共 8 家')
    expect(sent(test)).toMatchObject([
      {
        unitCode: 'D01',
        purpose: 'drawn',
        attempts: [{ outcome: 'right_person', ringMs: 12_000, rings: null, number: '0600-812 3345' }],
      },
    ])
  })

  it('lets nobody give up before the rings of the rules, and offers no verdict before the protocol does', async () => {
    const single = makeKit({
      units: [makeUnit(0, { lines: [{ line: 'duty_room', number: '0600', forwardingUntil: null }] })],
    })
    const { page, test } = await openNight({ kit: single })
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.pass(30_000)
    const noAnswer = () => page.wrapper.findAll('button').find((one) => one.text().startsWith('无人接听'))
    expect(noAnswer()?.text()).toBe('无人接听 再等 1 声')
    expect(noAnswer()?.attributes('disabled')).toBeDefined()
    await page.pass(5_000)
    expect(noAnswer()?.text()).toBe('无人接听 03:00 后再拨')
    await page.tap(/^无人接听/)
    expect(page.text()).toContain('二拨要隔开，还差 03:00')
    expect(page.text()).not.toContain('拨号，二拨')
    await page.pass(3 * MINUTE)
    await page.tap('拨号，二拨')
    await page.pass(40_000)
    await page.tap(/^无人接听/)
    expect(page.text()).toContain('等对方回拨，还剩 10:00')
    expect(page.text()).not.toContain('看认定')
    await page.pass(10 * MINUTE)
    await page.tap('拨打完毕，看认定')
    expect(page.text()).toContain('无人接听（拟扣 5 分，待认定）')
    await page.tap('保存')
    expect(sent(test)).toMatchObject([
      { readBack: { opinion: 'nobody' }, attempts: [{ outcome: 'no_answer' }, { outcome: 'no_answer' }] },
    ])
  })

  it('takes two signals for a suspicion, and every tap back', async () => {
    const { page } = await openNight()
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.pass(9_000)
    await page.tap('疑似转移')
    await page.answer('第二条线占线', '指向转移')
    expect(page.text()).toContain('已有 1 项迹象指向转移')
    await page.answer('值班口令', '指向转移')
    expect(page.text()).toContain('疑似呼叫转移：第二条线占线、值班口令')
    await expectAccessible(page.wrapper.element)
    await page.tap('撤销')
    expect(page.text()).toContain('已有 1 项迹象指向转移')
    await page.tap('撤销')
    await page.tap('撤销')
    expect(page.text()).toContain('接听，在岗')
  })

  it('corrects the rings by a tap, and then the inspector’s count is what is sent', async () => {
    const { page, test } = await openNight()
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.pass(16_000)
    await page.wrapper.find('button[aria-label=少数一声]').trigger('click')
    await settle()
    expect(page.wrapper.find('.timer .big').text()).toBe('3声')
    await page.tap('接听，在岗')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    await page.tap('保存，下一家')
    expect(sent(test)).toMatchObject([{ attempts: [{ rings: 3, ringMs: 16_000 }] }])
  })
})

describe('without network', () => {
  it('keeps every tap, says how many wait, and sends when it is back', async () => {
    const { page, test } = await openNight()
    test.world.isReachable = false
    test.phone.setOnline(false)
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.pass(9_000)
    await page.tap('接听，在岗')
    await page.answer('说得出首报时限', '否')
    page.wrapper.unmount()

    // Tab closed and opened: the check goes on where it was.
    const again = await test.reopen()
    again.phone.setOnline(false)
    const next = show(again)
    await settle()
    expect(next.text()).toContain('第 2 声接听')
    await next.tap('其余都是')
    await next.tap('下一步，念给对方听')
    expect(next.text()).toContain('无网络。已存本机，有网自动上传；')
    await next.tap('保存，下一家')
    expect(next.text()).toContain('1 条待同步')
    expect(again.documents.size).toBe(0)
    test.world.isReachable = true
    again.phone.setOnline(true)
    await settle()
    expect(next.text()).toContain('已全部送达')
    expect(again.documents.size).toBe(1)
  })

  it('keeps the queue when the session has ended, asks for a sign-in, and shows another account nothing of it', async () => {
    const { page, test } = await openNight()
    test.world.signedIn = null
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.tap('接听，在岗')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    await page.tap('保存，下一家')
    expect(page.text()).toContain('登录已结束，1 条存在本机，没有丢失。登录后继续上传。')
    expect(test.documents.size).toBe(0)

    test.world.signedIn = { accountId: '99999999-2222-4333-8444-555555555555', name: '别人' }
    // Noticed when it next sends: what the first was given is gone before anything else is asked.
    await test.phone.sync(true)
    expect(test.phone.state.kit).toBeNull()
    await test.phone.refreshKit()
    location.hash = '#/'
    await settle()
    expect(page.text()).toContain('本机还有别的账号的 2 条记录')
    expect(page.text()).not.toContain('已存本机')
    await test.phone.sync(true)
    expect(test.documents.size).toBe(0)

    location.hash = '#/sign_in'
    await settle()
    await page.wrapper.find('input[name=username]').setValue('wang')
    await page.wrapper.find('input[name=password]').setValue('secret')
    await page.wrapper.find('form').trigger('submit')
    await settle()
    expect(test.documents.size).toBe(1)
  })

  it('says of a clock a year off what becomes of it, and sends both clocks', async () => {
    const { page, test } = await openNight({ clockErrorMs: -YEAR })
    expect(page.text()).toContain('本机时钟慢 365 天。记录的时间按服务器校正，不用改。')
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    expect(page.text()).toContain('10月9日 21:36 拨出')
    await page.tap('接听，在岗')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    expect(page.wrapper.find('.read').text()).toContain('10月9日 21 时 36 分')
    await page.tap('保存，下一家')
    const [document] = sent(test)
    expect(document?.['start']).toMatchObject({ session: 'life 1', wallMs: Date.parse('2025-10-09T21:36:00+08:00') })
    expect(document?.['anchors']).toMatchObject([
      { session: 'life 1', serverMs: Date.parse('2026-10-09T21:36:00+08:00') },
    ])
  })
})

describe('what the server refuses', () => {
  it('says why and what to do, and is edited as a new one', async () => {
    const { page, test } = await openNight()
    test.world.refusal = { code: 'forbidden', reason: 'unit_out_of_reach' }
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.tap('接听，在岗')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    await page.tap('保存，下一家')
    await page.tap('1 条未被接收')
    expect(page.text()).toContain('这家单位不归您检查，或您的角色不能提交。')
    await expectAccessible(page.wrapper.element)
    test.world.refusal = null
    await page.tap('改后另存一条')
    await page.tap('保存，下一家')
    expect([...test.documents.keys()]).toHaveLength(1)
    expect(test.phone.state.waiting).toEqual([])
  })
})

describe('a visit', () => {
  it('asks before it takes the place, takes no for an answer, and wants somebody’s name at the end', async () => {
    const { page, test } = await openNight()
    await page.tap('市住房城乡建设局')
    await page.tap('改为实地')
    expect(page.text()).toContain('定位仅用于证明到场；只在开始和结束时各取一次，不持续跟踪。')
    await expectAccessible(page.wrapper.element)
    await page.tap('不定位，开始')
    const items = page.wrapper.findAll('.item-text').map((one) => one.element.firstChild?.textContent ?? '')
    for (const item of items)
      await page.answer(item, item === '传真机可用' ? '否' : item === '有夜间休息室' ? '不适用' : '是')
    expect(page.text()).toContain('不符的请拍照')
    await expectAccessible(page.wrapper.element)
    await page.tap('下一步，念给对方听')
    expect(page.text()).toContain('请写下确认人的姓名')
    await page.wrapper.find('#person').setValue('孙某')
    await page.answer('单位意见', '有异议')
    expect(page.text()).toContain('请写下对方的异议')
    await page.wrapper.find('#objection').setValue('传真机送修')
    await settle()
    await expectAccessible(page.wrapper.element)
    await page.tap('保存，下一家')
    expect(sent(test)).toMatchObject([
      {
        method: 'onsite',
        startPlace: 'refused',
        readBack: { opinion: 'objects', objection: '传真机送修', person: '孙某' },
      },
    ])
    const given = (sent(test)[0]?.['answers'] ?? []) as readonly { readonly answer: string }[]
    expect(given.filter(({ answer }) => answer === 'not_applicable')).toHaveLength(1)
  })
})

it('takes the place at the start and at the end of a visit, once each, when it may', async () => {
  const { page, test } = await openNight()
  await page.tap('市住房城乡建设局')
  await page.tap('改为实地')
  await page.tap('同意定位，开始')
  for (const item of page.wrapper.findAll('.item-text')) {
    await page.answer(item.element.firstChild?.textContent ?? '', '是')
  }
  await page.pass(5 * MINUTE)
  await page.tap('下一步，念给对方听')
  await page.answer('单位意见', '无人可念')
  await page.tap('保存，下一家')
  expect(sent(test)).toMatchObject([
    {
      startPlace: { atMs: 0, latitude: 23.5 },
      endPlace: { atMs: 5 * MINUTE, accuracyMetres: 20 },
      readBack: { person: null },
    },
  ])
})

it('takes a recording where the browser makes none itself, and says of what is none what is taken', async () => {
  const { page, test } = await openNight()
  await page.tap('市住房城乡建设局')
  await page.tap('拨号，一拨')
  await page.tap('接听，在岗')
  const input = page.wrapper.find<HTMLInputElement>('.voice-note input[type=file]')
  const choose = async (name: string, head: string): Promise<void> => {
    Object.defineProperty(input.element, 'files', {
      value: [new File([head.padEnd(40, '.')], name)],
      configurable: true,
    })
    await input.trigger('change')
    await vi.waitFor(async () => {
      await settle()
      expect(page.text()).toMatch(/这个文件不是录音|录音 通话/)
    })
  }
  await choose('程序.mp3', 'MZ')
  expect(page.text()).toContain('这个文件不是录音，没有收下。只收 M4A、MP3、OGG、WebM')
  await choose('通话.ogg', 'OggS')
  await vi.waitFor(() => expect(page.wrapper.find('.file-list').text()).toContain('通话.ogg'))
  await page.tap('其余都是')
  await page.tap('下一步，念给对方听')
  await page.tap('保存，下一家')
  expect(sent(test)).toMatchObject([{ files: [{ kind: 'recording', type: 'audio/ogg', bytes: 40 }] }])
})

it('forgets names and numbers when the night is over, and on signing out; what waits stays', async () => {
  const { page, test } = await openNight()
  test.world.isReachable = false
  await page.tap('市住房城乡建设局')
  await page.tap('拨号，一拨')
  await page.tap('接听，在岗')
  await page.tap('其余都是')
  await page.tap('下一步，念给对方听')
  await page.tap('保存，下一家')
  test.pass(14 * 60 * MINUTE)
  await test.phone.refresh()
  expect(test.phone.state.kit).toBeNull()
  test.world.isReachable = true
  await test.phone.refreshKit()
  await test.phone.signOut()
  const again = await test.reopen()
  expect([again.phone.state.account, again.phone.state.kit, again.phone.state.foreignCount]).toEqual([null, null, 2])
})

describe('a check nobody drew', () => {
  it('needs a unit and a reason', async () => {
    const { page, test } = await openNight()
    await page.tap('非抽取的抽查')
    await expectAccessible(page.wrapper.element)
    expect(page.text()).toContain('选好单位，写明理由，才能开始。')
    await page.wrapper.findAll('input[name=unit]')[7]?.setValue(true)
    await page.wrapper.find('textarea').setValue('群众反映无人接听')
    await page.wrapper.find('form').trigger('submit')
    await settle()
    expect(page.text()).toContain('非抽取')
    await page.tap('拨号，一拨')
    await page.tap('接听，在岗')
    await page.tap('其余都是')
    await page.tap('下一步，念给对方听')
    await page.tap('保存')
    expect(sent(test)).toMatchObject([
      { unitCode: 'D08', purpose: 'ordered', drawId: null, reason: '群众反映无人接听' },
    ])
  })
})

it.each(['zh-CN', 'en'] as const)('has no barrier on any page of a telephone check, in %s', async (locale) => {
  const test = await makePhone()
  await test.phone.refreshKit()
  const page = show(test, locale)
  await settle()
  await expectAccessible(page.wrapper.element)
  await page.wrapper.find('.visit-row').trigger('click')
  await settle()
  await expectAccessible(page.wrapper.element)
  await page.wrapper.find('.key.is-big').trigger('click')
  await settle()
  await expectAccessible(page.wrapper.element)
  await page.wrapper.find('.key.is-big').trigger('click')
  await settle()
  await expectAccessible(page.wrapper.element)
  await page.wrapper.find('.rest').trigger('click')
  await settle()
  await page.wrapper.find('.key.is-big').trigger('click')
  await settle()
  await expectAccessible(page.wrapper.element)
  location.hash = '#/queue'
  await settle()
  await expectAccessible(page.wrapper.element)
  location.hash = '#/sign_in'
  await settle()
  await expectAccessible(page.wrapper.element)
})
