import { expect, it } from 'vitest'
import { makeAccountItem } from '../../app/people/testing/make-account-item.ts'
import { roleLines } from './role-lines.ts'

function hindered(overrides: Parameters<typeof makeAccountItem>[0]): Record<string, string | null> {
  const lines = roleLines(makeAccountItem(overrides), 'me')
  return Object.fromEntries(lines.filter((line) => !line.isHeld).map(({ role, hindrance }) => [role, hindrance]))
}

it('keeps every administrator apart from the others and from all business', () => {
  expect(hindered({ roles: ['system_admin'] })).toMatchObject({ security_admin: 'family', leader: 'family' })
  expect(hindered({ roles: ['leader'] })).toMatchObject({ clerk: null, audit_admin: 'family' })
  expect(hindered({ roles: [] })).toMatchObject({ clerk: null, audit_admin: null })
})

it('gives a business role to nobody without a unit, and nobody a role of their own', () => {
  expect(hindered({ roles: [], unitCode: null })).toMatchObject({ leader: 'unit', audit_admin: null })
  expect(new Set(Object.values(hindered({ accountId: 'me', roles: [] })))).toEqual(new Set(['own']))
})
