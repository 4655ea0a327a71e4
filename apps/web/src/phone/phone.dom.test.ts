import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../testing/mount-app.ts'
import PhoneApp from './PhoneApp.vue'
import { makeKit, makeUnit } from './testing/make-kit.ts'
import { openNight, sent, settle, show, useFakePhoneTime } from './testing/phone-in-hand.ts'

const MINUTE = 60_000
const YEAR = 365 * 24 * 60 * MINUTE

useFakePhoneTime()

describe('a telephone check', () => {
  it('takes five taps when all is well, and six with a fault', async () => {
    const { page, test } = await openNight(PhoneApp)
    await page.tap('市住房城乡建设局')
    expect(page.text()).toContain('第 1 家，共 8 家')
    expect(page.text()).toContain('设值班室，上次抽查 9月12日 换班未报备，待认定问题 1 项，在办整改 3 项')
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
    const { page, test } = await openNight(PhoneApp, { kit: single })
    await page.tap('市住房城乡建设局')
    await page.tap('拨号，一拨')
    await page.pass(30_000)
    const noAnswer = () => page.wrapper.findAll('button').find((one) => one.text().startsWith('无人接听'))
    expect(noAnswer()?.text()).toBe('无人接听 再等 1 声')
    expect(noAnswer()?.attributes('disabled')).toBeDefined()
    await page.pass(5_000)
    expect(noAnswer()?.text()).toBe('无人接听 隔 03:00 再拨')
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
    const { page } = await openNight(PhoneApp)
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
    const { page, test } = await openNight(PhoneApp)
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
    const { page, test } = await openNight(PhoneApp)
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
    const next = show(PhoneApp, again)
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
    const { page, test } = await openNight(PhoneApp)
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
    const { page, test } = await openNight(PhoneApp, { clockErrorMs: -YEAR })
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
    const { page, test } = await openNight(PhoneApp)
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
