import { expect, it } from 'vitest'
import { toAuditFilter, toAuditListInput } from './audit-filter.ts'

function ask(query: Readonly<Record<string, string>>, cursor: string | null = null) {
  return toAuditListInput(
    toAuditFilter((key) => query[key] ?? null),
    cursor,
  )
}

it('asks for whole local days, the last one inside', () => {
  expect(ask({ from: '2026-12-31', to: '2026-12-31' })).toEqual({
    from: '2026-12-31T00:00:00+08:00',
    to: '2027-01-01T00:00:00+08:00',
  })
})

it('passes on every filter and the place in the list, and nothing the server would refuse', () => {
  expect(ask({ actor: ' 值班乙 ', action: 'session.signIn', outcome: 'refused', object: 'D13' }, '41')).toEqual({
    actor: '值班乙',
    action: 'session.signIn',
    outcome: 'refused',
    object: 'D13',
    cursor: '41',
  })
  expect(ask({ from: '2026-13-01', to: 'x', action: 'a b', outcome: 'maybe' })).toEqual({})
})
