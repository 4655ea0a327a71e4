import { PASSWORD_POLICIES } from '@zhidu/identity'
import { expect, it } from 'vitest'
import { createAddressLimit } from './address-limit.ts'
import { mayHaveSessions, minutesUntil, mustChangePassword } from './session-rules.ts'

const NOW = Date.parse('2026-10-20T09:00:00+08:00')
const QUARTER_HOUR = 15 * 60_000

it('an address is over its limit from the 300th failure on, until a quarter of an hour after the first', () => {
  const limit = createAddressLimit()
  expect(limit.isOver('a', NOW)).toBe(false)
  for (let count = 0; count < 299; count += 1) limit.countFailure('a', NOW + count)
  expect(limit.isOver('a', NOW + 299)).toBe(false)
  limit.countFailure('a', NOW + QUARTER_HOUR - 1)
  expect(limit.isOver('a', NOW + QUARTER_HOUR - 1)).toBe(true)
  expect(limit.isOver('b', NOW + QUARTER_HOUR - 1)).toBe(false)
  expect(limit.isOver('a', NOW + QUARTER_HOUR)).toBe(false)
  // The next failure begins anew.
  limit.countFailure('a', NOW + QUARTER_HOUR)
  expect(limit.isOver('a', NOW + QUARTER_HOUR)).toBe(false)
  for (let count = 1; count < 300; count += 1) limit.countFailure('a', NOW + QUARTER_HOUR)
  expect(limit.isOver('a', NOW + 2 * QUARTER_HOUR - 1)).toBe(true)
})

it('of more than ten thousand addresses the one that began longest ago is forgotten', () => {
  const limit = createAddressLimit()
  const fill = (address: string): void => {
    for (let count = 0; count < 300; count += 1) limit.countFailure(address, NOW)
  }
  limit.countFailure('first', NOW)
  fill('second')
  // Failing again makes it no younger.
  for (let count = 1; count < 300; count += 1) limit.countFailure('first', NOW)
  for (let count = 2; count < 10_000; count += 1) limit.countFailure(`other ${count}`, NOW)
  expect(['first', 'second'].map((address) => limit.isOver(address, NOW))).toEqual([true, true])
  limit.countFailure('one more', NOW)
  expect(['first', 'second'].map((address) => limit.isOver(address, NOW))).toEqual([false, true])
})

it('an address that fails again after its time counts as the youngest', () => {
  const limit = createAddressLimit()
  limit.countFailure('again', NOW)
  for (let count = 1; count < 10_000; count += 1) limit.countFailure(`other ${count}`, NOW)
  for (let count = 0; count < 300; count += 1) limit.countFailure('again', NOW + QUARTER_HOUR)
  limit.countFailure('one more', NOW + QUARTER_HOUR)
  expect(limit.isOver('again', NOW + QUARTER_HOUR)).toBe(true)
})

it('says at least one minute of what is left of a lock, and every minute begun', () => {
  expect([0, 1, 60_000, 60_001, 900_000, -1].map((left) => minutesUntil(NOW + left, NOW))).toEqual([
    '1',
    '1',
    '1',
    '2',
    '15',
    '1',
  ])
})

it('a password is changed first where it is initial or too old, but by nobody who signs in elsewhere or demonstrates', () => {
  const old = NOW - 91 * 86_400_000
  const judge = (
    account: { mustChangePassword?: boolean; passwordChangedAt?: number; isDemonstration?: boolean },
    authLevel: 'password' | 'totp' | 'sso' = 'password',
  ): boolean =>
    mustChangePassword(
      { mustChangePassword: false, passwordChangedAt: NOW, isDemonstration: false, ...account },
      { policy: PASSWORD_POLICIES.mlps, authLevel, now: NOW },
    )
  expect([judge({}), judge({ mustChangePassword: true }), judge({ passwordChangedAt: old })]).toEqual([
    false,
    true,
    true,
  ])
  expect(judge({ passwordChangedAt: old }, 'totp')).toBe(true)
  expect([judge({ mustChangePassword: true }, 'sso'), judge({ passwordChangedAt: old }, 'sso')]).toEqual([false, false])
  expect(judge({ mustChangePassword: true, passwordChangedAt: old, isDemonstration: true })).toBe(false)
})

it('a disabled account has no sessions, one of a demonstration where only this machine looks', () => {
  const may = (
    isDisabled: boolean | undefined,
    isDemonstration: boolean,
    areDemonstrationAccountsOpen: boolean,
  ): boolean =>
    mayHaveSessions(
      { identity: { areDemonstrationAccountsOpen } },
      { isDemonstration, ...(isDisabled === undefined ? {} : { isDisabled }) },
    )
  expect([may(undefined, false, false), may(false, false, false), may(true, false, true)]).toEqual([true, true, false])
  expect([may(false, true, true), may(false, true, false), may(true, true, true)]).toEqual([true, false, false])
})
