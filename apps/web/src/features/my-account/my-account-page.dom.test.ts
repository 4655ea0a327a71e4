// Seam: the tRPC client's last link answers; everything above it is the application's own.
import { describe, expect, it } from 'vitest'
import { body, expectNoBarriers, openAs, press } from '../../app/people/testing/admin-window.ts'
import { makeNobody } from '../../testing/make-session.ts'
import { mountApp } from '../../testing/mount-app.ts'
import MyAccountPage from './MyAccountPage.vue'
import PasswordPage from './PasswordPage.vue'
import SignInPage from '../sign-in/SignInPage.vue'

describe('my account', () => {
  const sessions = [
    {
      sessionId: '0190a000-0000-7000-8000-0000000000d1',
      createdAt: '2026-10-08T09:00:00+08:00',
      lastSeenAt: '2026-10-08T09:05:00+08:00',
      endsAt: '2026-10-08T21:00:00+08:00',
      address: '10.1.2.3',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
      isCurrent: false,
    },
  ]

  it('ends another session of one’s own', async () => {
    const { calls } = await openAs('audit_admin', MyAccountPage, '/my-account', {
      session: { list: sessions, revoke: { done: true } },
    })
    expect(body()).toContain('Chrome、Windows')
    await press('退出')
    await press('退出')
    expect(calls.find((call) => call.path === 'session.revoke')?.input).toEqual({ sessionId: sessions[0]!.sessionId })
  })

  it('draws the secret of the second step as a code and as text, and switches on with the first code', async () => {
    const { calls, wrapper } = await openAs(
      'audit_admin',
      MyAccountPage,
      '/my-account',
      {
        session: {
          list: sessions,
          beginTotp: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Zhidu:a?secret=JBSWY3DPEHPK3PXP' },
          confirmTotp: { done: true },
        },
      },
      'en',
    )
    await press('Switch on the second step')
    expect(wrapper.get('svg.qr-code path').attributes('d')).toMatch(/^M\d+ \d+h\d+v1h-\d+z/)
    expect(body()).toContain('JBSWY3DPEHPK3PXP')
    expect(body()).not.toMatch(/myAccount\.|permission\./)
    await expectNoBarriers()
    await wrapper.get('input[autocomplete="one-time-code"]').setValue('123456')
    await press('Switch it on')
    expect(calls.find((call) => call.path === 'session.confirmTotp')?.input).toEqual({ code: '123456' })
  })
})

describe('pages outside the dashboard', () => {
  it('signing in is free of barriers, in English too', async () => {
    const session = { get: makeNobody({ singleSignOn: 'City sign-on' }) }
    const { wrapper } = await mountApp(SignInPage, { at: '/sign-in', locale: 'en', answers: { session } })
    expect(wrapper.text()).not.toMatch(/signIn\.|shell\./)
    await expectNoBarriers()
  })

  it('shows which rules a new password meets while it is typed', async () => {
    const { wrapper } = await openAs('audit_admin', PasswordPage, '/my-account/password', {})
    const next = wrapper.get('input[autocomplete="new-password"]')
    await next.setValue('abcdefghij')
    expect(wrapper.findAll('.rules .is-met')).toHaveLength(1)
    await next.setValue('abcdefgh1X')
    expect(wrapper.findAll('.rules .is-met')).toHaveLength(2)
    await expectNoBarriers()
  })
})
