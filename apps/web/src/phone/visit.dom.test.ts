import { describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../testing/mount-app.ts'
import PhoneApp from './PhoneApp.vue'
import { makePhone } from './testing/make-phone.ts'
import { openNight, sent, settle, show, useFakePhoneTime } from './testing/phone-in-hand.ts'

const MINUTE = 60_000

useFakePhoneTime()

describe('a visit', () => {
  it('asks before it takes the place, takes no for an answer, and wants somebody’s name at the end', async () => {
    const { page, test } = await openNight(PhoneApp)
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
  const { page, test } = await openNight(PhoneApp)
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
  const { page, test } = await openNight(PhoneApp)
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
  const { page, test } = await openNight(PhoneApp)
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
    const { page, test } = await openNight(PhoneApp)
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
  const page = show(PhoneApp, test, locale)
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
