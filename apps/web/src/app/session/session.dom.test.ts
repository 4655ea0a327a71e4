// Seam: the tRPC client's last link answers; everything above it is the application's own.
import type { SessionState } from '@zhidu/contract'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answers, Refusal } from '../../testing/answer-link.ts'
import { makeMeta } from '../../testing/make-meta.ts'
import { makeAccount, makeNobody, makeSession } from '../../testing/make-session.ts'
import { expectAccessible, mountApp } from '../../testing/mount-app.ts'
import App from '../App.vue'

const PATIENCE = { timeout: 8000 }

afterEach(() => {
  vi.useRealTimers()
})

/** A server that knows one account; `state` is what it says of the session now. */
function makeServer(first: SessionState, more: Answers = {}) {
  const server = { state: first }
  const answers: Answers = {
    meta: { get: makeMeta() },
    token: { list: [] },
    ...more,
    session: {
      get: () => server.state,
      signIn: () => {
        server.state = makeSession({ account: first.account ?? makeAccount(['security_admin']) })
        return { state: 'signed_in' }
      },
      signOut: () => {
        server.state = makeNobody()
        return { done: true }
      },
      ...more.session,
    },
  }
  return { server, answers }
}

async function open(answers: Answers, at: string) {
  globalThis.innerWidth = 1440
  const app = await mountApp(App, { answers, at })
  await flushPromises()
  return app
}

async function signIn(wrapper: VueWrapper): Promise<void> {
  await wrapper.get('input[autocomplete="username"]').setValue('anquan')
  await wrapper.get('input[autocomplete="current-password"]').setValue('Correct-horse-7')
  await wrapper.get('.sign-in-form').trigger('submit')
  await flushPromises()
}

const SECURITY = makeSession({ account: makeAccount(['security_admin']) })

describe('signing in', () => {
  it('asks for the page and then goes on to it', async () => {
    const { answers } = makeServer(makeNobody())
    const { wrapper, router, calls } = await open(answers, '/admin/tokens')
    expect(router.currentRoute.value.path).toBe('/sign-in')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await signIn(wrapper)
    await expect.poll(() => router.currentRoute.value.path, PATIENCE).toBe('/admin/tokens')
    expect(calls.find((call) => call.path === 'session.signIn')?.input).toEqual({
      loginName: 'anquan',
      password: 'Correct-horse-7',
    })
    await expect.poll(() => wrapper.text(), PATIENCE).toContain('没有在用的接口密钥。')
  }, 20_000)

  it('says under the field how long an account is locked', async () => {
    const { answers } = makeServer(makeNobody(), {
      session: {
        signIn: () => {
          throw new Refusal({ code: 'limited', reason: 'sign_in_locked', params: { minutes: '14' } })
        },
      },
    })
    const { wrapper } = await open(answers, '/sign-in')
    await signIn(wrapper)
    const field = wrapper.get('input[autocomplete="current-password"]')
    const error = document.getElementById(field.attributes('aria-describedby') ?? '')
    expect(error?.textContent).toContain('账号已锁定，14 分钟后再试')
    expect(wrapper.get('input[autocomplete="username"]').element).toHaveProperty('value', 'anquan')
  })

  it('asks for the second step, and sends it with what was typed before', async () => {
    const { answers, server } = makeServer(makeNobody(), {
      session: {
        signIn: (input) => {
          if (input.totp === undefined) return { state: 'totp_required' }
          if (input.totp !== '123456') throw new Refusal({ code: 'unauthenticated', reason: 'totp_wrong' })
          server.state = SECURITY
          return { state: 'signed_in' }
        },
      },
    })
    const { wrapper, router } = await open(answers, '/sign-in')
    await signIn(wrapper)
    await wrapper.get('input[autocomplete="one-time-code"]').setValue('000000')
    await wrapper.get('.sign-in-form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('.sign-in-form').text()).toContain('验证码不对或已过期')
    await wrapper.get('input[autocomplete="one-time-code"]').setValue('123 456')
    await wrapper.get('.sign-in-form').trigger('submit')
    await expect.poll(() => router.currentRoute.value.path, PATIENCE).toBe('/admin/access')
  }, 20_000)

  it('names the command where there is no account yet, and the way elsewhere where there is one', async () => {
    const unclaimed = await open(makeServer(makeNobody({ isUnclaimed: true })).answers, '/sign-in')
    expect(unclaimed.wrapper.text()).toContain('npx zhidu user add')
    expect(unclaimed.wrapper.find('.sign-in-form').exists()).toBe(false)
    const sso = makeServer(makeNobody({ singleSignOn: '政务统一认证' }))
    const { wrapper } = await open(sso.answers, '/sign-in?returnTo=/events&refused=sso_unreachable')
    expect(wrapper.get('.elsewhere a').attributes('href')).toBe('/auth/oidc/begin?returnTo=%2Fevents')
    expect(wrapper.text()).toContain('连接不上统一身份认证')
  })

  it('shows nothing but the change of a password that must be changed', async () => {
    const { answers, server } = makeServer(
      { ...SECURITY, mustChangePassword: true },
      {
        session: {
          changePassword: () => {
            throw new Refusal({
              code: 'invalid',
              reason: 'password_refused',
              params: { reasons: 'contains_name,used_before' },
            })
          },
        },
      },
    )
    const { wrapper } = await open(answers, '/admin/access')
    await expect.poll(() => wrapper.text(), PATIENCE).toContain('请先修改密码，再开始使用。')
    expect(wrapper.find('nav').exists()).toBe(false)
    const [current, next, again] = wrapper.findAll('input[maxlength="256"]')
    await current!.setValue('initial')
    await next!.setValue('anquan-2026-Xyz')
    await again!.setValue('anquan-2026-Xyz')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('[role="alert"]').text()).toContain('含有姓名、用户名或工号的片段')
    expect(wrapper.get('[role="alert"]').text()).toContain('最近 5 次用过')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    expect(server.state.mustChangePassword).toBe(true)
  }, 20_000)
})

describe('the end of a session', () => {
  it('keeps the page and what was typed behind the form, and goes on there', async () => {
    const { answers, server } = makeServer(SECURITY, {
      token: {
        list: [],
        create: () => {
          server.state = makeNobody()
          throw new Refusal({ code: 'unauthenticated', reason: 'session_ended' })
        },
      },
    })
    const { wrapper, router, session } = await open(answers, '/admin/tokens')
    await expect.poll(() => wrapper.find('.page-head .zd-button.is-primary').exists(), PATIENCE).toBe(true)
    await wrapper.get('.page-head .zd-button.is-primary').trigger('click')
    await flushPromises()
    const drawer = document.querySelector('.el-drawer')!
    const name = drawer.querySelector<HTMLInputElement>('input')!
    const [, unit] = drawer.querySelectorAll<HTMLInputElement>('input')
    name.value = '应急平台'
    name.dispatchEvent(new Event('input'))
    unit!.value = 'A00'
    unit!.dispatchEvent(new Event('input'))
    drawer.querySelector<HTMLInputElement>('input[type="checkbox"]')!.click()
    drawer.querySelector('form')!.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(session.ended.value).toBe('elsewhere')
    expect(wrapper.get('h1').text()).toContain('已退出')
    expect(router.currentRoute.value.path).toBe('/admin/tokens')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await wrapper.get('input[autocomplete="current-password"]').setValue('Correct-horse-7')
    await wrapper.get('.sign-in-form').trigger('submit')
    await expect.poll(() => session.ended.value, PATIENCE).toBeNull()
    expect(document.querySelector<HTMLInputElement>('.el-drawer input')?.value).toBe('应急平台')
  }, 20_000)

  it('is said in words to whoever downloads then, and the same click downloads after signing in', async () => {
    const table = { asOf: '2026-10-08T23:59:59+08:00', lines: [] }
    const { answers, server } = makeServer(SECURITY, {
      access: { accounts: { items: [], total: 0, hasMore: false }, table },
    })
    const { wrapper, session, calls } = await open(answers, '/admin/access')
    await expect.poll(() => wrapper.find('a[download]').exists(), PATIENCE).toBe(true)
    const fetched: string[] = []
    const onClick = (event: MouseEvent): void => {
      const link = (event.target as Element).closest('a[download]')
      if (link !== null && !event.defaultPrevented) fetched.push(link.getAttribute('href') ?? '')
      event.preventDefault()
    }
    globalThis.addEventListener('click', onClick)
    const click = async (): Promise<void> => {
      wrapper.get<HTMLElement>('a[download]').element.click()
      await flushPromises()
      await flushPromises()
    }
    await click()
    expect(fetched).toEqual(['/files/access.xlsx?lang=zh-CN'])
    expect(calls.at(-1)?.path).toBe('session.get')
    server.state = makeNobody()
    await click()
    expect(fetched).toHaveLength(1)
    expect(session.ended.value).toBe('elsewhere')
    expect(wrapper.get('h1').text()).toContain('已退出')
    expect(wrapper.text()).toContain('重新登录后接着用')
    await expectAccessible(wrapper.element.parentElement ?? document.body)
    await wrapper.get('input[autocomplete="current-password"]').setValue('Correct-horse-7')
    await wrapper.get('.sign-in-form').trigger('submit')
    await expect.poll(() => session.ended.value, PATIENCE).toBeNull()
    await click()
    expect(fetched).toHaveLength(2)
    globalThis.removeEventListener('click', onClick)
  }, 20_000)

  it('warns a minute before, goes on at a press, and ends for want of action', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const { answers } = makeServer(SECURITY)
    const { wrapper, session, calls } = await open(answers, '/nowhere')
    vi.advanceTimersByTime(14 * 60_000 + 5_000)
    await flushPromises()
    const dialog = () => document.querySelector('.el-dialog')
    expect(dialog()?.textContent).toContain('55 秒后自动退出')
    const asked = calls.length
    dialog()!.querySelector<HTMLButtonElement>('.is-primary')!.click()
    await flushPromises()
    expect(calls.slice(asked).map((call) => call.path)).toEqual(['session.get'])
    expect(session.ended.value).toBeNull()
    vi.advanceTimersByTime(15 * 60_000 + 1_000)
    await flushPromises()
    expect(wrapper.get('h1').text()).toBe('已退出：连续 15 分钟没有操作')
  })

  it('tells the server of somebody who only types', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const { answers } = makeServer(SECURITY)
    const { session, calls } = await open(answers, '/nowhere')
    const asked = calls.length
    vi.advanceTimersByTime(6 * 60_000)
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))
    vi.advanceTimersByTime(2_000)
    await flushPromises()
    expect(calls.slice(asked).map((call) => call.path)).toContain('session.get')
    expect(session.ended.value).toBeNull()
  })

  it('leaves nothing behind when somebody signs out', async () => {
    const { answers } = makeServer(SECURITY)
    const { wrapper, router } = await open(answers, '/admin/tokens')
    await expect.poll(() => sessionStorage.getItem('zhidu.tabs') ?? '', PATIENCE).toContain('/admin/tokens')
    await wrapper.get('.account-menu .opener').trigger('click')
    await expectAccessible(wrapper.get('.account-menu').element)
    expect(wrapper.get('.account-menu .panel').text()).toContain('安全管理员')
    await wrapper.get('.account-menu .actions button').trigger('click')
    await expect.poll(() => router.currentRoute.value.path, PATIENCE).toBe('/sign-in')
    expect(sessionStorage.getItem('zhidu.tabs') ?? '').not.toContain('/admin/tokens')
    expect(localStorage.getItem('zhidu.session')).toBeNull()
  }, 20_000)
})

describe('what a role does not open', () => {
  it('says whose page it is instead of asking for it', async () => {
    const { wrapper, calls } = await open(makeServer(SECURITY).answers, '/admin/audit')
    expect(wrapper.get('main').text()).toContain('您的角色不能用“审计”')
    expect(wrapper.get('main').text()).toContain('这一页归审计管理员使用')
    expect(calls.map((call) => call.path)).not.toContain('audit.list')
    expect(wrapper.find('.search-box').exists()).toBe(false)
    await expectAccessible(wrapper.element.parentElement ?? document.body)
  })

  it('says through whose eyes one looks, and leads back', async () => {
    const account = makeAccount(['unit_officer'], { displayName: '值班乙', loginName: 'zhiban-b' })
    const viewingAs = { accountId: account.accountId, displayName: '值班乙', loginName: 'zhiban-b' }
    const { answers, server } = makeServer(makeSession({ account, viewingAs }), {
      access: {
        accounts: { items: [], total: 0, hasMore: false },
        table: { asOf: '2026-10-08T23:59:59+08:00', lines: [] },
        endViewAs: () => {
          server.state = SECURITY
          return { done: true }
        },
      },
    })
    const { wrapper, router } = await open(answers, '/nowhere')
    expect(wrapper.get('.viewing-banner').text()).toContain('正在以 值班乙（zhiban-b）的视角查看，只读')
    await expectAccessible(wrapper.get('.viewing-banner').element)
    await wrapper.get('.viewing-banner button').trigger('click')
    await expect.poll(() => router.currentRoute.value.path, PATIENCE).toBe('/admin/access')
    expect(wrapper.find('.viewing-banner').exists()).toBe(false)
  }, 20_000)
})
