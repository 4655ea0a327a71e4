import { expect } from 'vitest'
import { findBarriers } from './find-barriers.ts'
import type { PhoneHand } from './phone-page.ts'

/** Telephone checks as inspectors make them, one a way it can go. `hand`: the phone of the moment. */
export function callScripts(hand: () => PhoneHand) {
  async function finish(words: RegExp = /^保存/): Promise<void> {
    await hand().tap('下一步，念给对方听')
    await hand().tap(words)
  }

  /** A call that rang so long and came out so. */
  async function call(seconds: number, outcome: string | RegExp): Promise<void> {
    await hand().tap(/^拨号/)
    await hand().pass(seconds)
    await hand().tap(outcome)
  }

  /** By two signals, of a unit with a duty room. */
  async function forwarded(): Promise<void> {
    await call(9, '疑似转移')
    await hand().answer('第二条线占线', '指向转移')
    await hand().page.locator('.act-bar', { hasText: '已有 1 项迹象' }).waitFor()
    await hand().answer('值班口令', '指向转移')
    expect(await findBarriers(hand().page)).toEqual([])
    await hand().tap('继续问项')
    await hand().tap('其余都是')
    await finish()
  }

  async function faultless(): Promise<void> {
    await call(12, '接听，在岗')
    await hand().tap('其余都是')
    await finish()
  }

  async function unfamiliar(): Promise<void> {
    await call(24, '接听，在岗')
    await hand().answer('说得出首报时限', '否')
    await hand().tap('其余都是')
    await hand().page.getByRole('button', { name: '下一步，念给对方听', disabled: false }).waitFor()
    expect(await findBarriers(hand().page)).toEqual([])
    await hand().tap('下一步，念给对方听')
    await hand().page.locator('.read', { hasText: '一拨第 5 声接听' }).waitFor()
    expect(await findBarriers(hand().page)).toEqual([])
    await hand().tap(/^保存/)
  }

  async function notOnRoster(): Promise<void> {
    await call(9, '换人未报备')
    await hand().tap('其余都是')
    await finish()
  }

  /** One attempt offers no verdict, nor do two before the window for calling back is over. */
  async function absent(): Promise<void> {
    const dial = hand().page.locator('a.key.is-big', { hasText: '拨号' })
    const idle = hand().page.locator('.timer.is-idle')
    await call(9, '不在岗')
    await hand().page.getByText('一拨 不在岗').waitFor()
    expect(await hand().page.locator('.act-bar').innerText()).not.toMatch(/认定|念给对方听/)
    expect(await findBarriers(hand().page)).toEqual([])
    await hand().pass(181)
    await call(9, '不在岗')
    await idle.waitFor()
    for (let others = 0; (await dial.count()) > 0; others += 1) {
      if (others > 2) throw new Error('more lines than a unit has')
      await call(9, '不在岗')
      await idle.waitFor()
    }
    await hand().page.locator('.act-bar', { hasText: '等对方回拨' }).waitFor()
    await hand().pass(601)
    await hand().tap('拨打完毕，看认定')
    await hand().page.locator('.facts', { hasText: '脱岗' }).waitFor()
    await hand().tap(/^保存/)
  }

  async function calledBack(): Promise<void> {
    await call(41, /^无人接听/)
    await hand().tap('请对方回拨')
    await hand().pass(30)
    await hand().tap('值班号码回拨了')
    await hand().tap('其余都是')
    await finish()
  }

  return { absent, forwarded, all: [forwarded, faultless, unfamiliar, notOnRoster, absent, calledBack] } as const
}
