import { expect, test } from 'vitest'
import type { ReadonlyDb } from '../db.ts'
import { giveScope, listFewUnits, type Scope } from './scope.ts'

/** Safe: only who it is counts. */
function handleOf(scope: Scope): ReadonlyDb {
  const handle = {} as ReadonlyDb
  giveScope(handle, scope)
  return handle
}

const units = Array.from({ length: 65 }, (_, n) => `U${n}`)
const FEW = units.slice(1)

test('up to 64 units in reach or named are asked about one by one, each once', () => {
  expect(listFewUnits(handleOf({ unitCodes: FEW }), 'cases')).toEqual(FEW)
  expect(listFewUnits(handleOf({ unitCodes: units }), 'cases')).toBeNull()
  expect(listFewUnits(handleOf({ unitCodes: null }), 'cases')).toBeNull()
  expect(listFewUnits(handleOf({ unitCodes: units }), 'cases', ['U1', 'U2', 'U1'])).toEqual(['U1', 'U2'])
  expect(listFewUnits(handleOf({ unitCodes: FEW }), 'cases', units)).toBeNull()
})

test('a handle without a scope, or with the bound left out, is no list of units', () => {
  expect(() => listFewUnits({} as ReadonlyDb, 'cases')).toThrow(/no scope/)
  expect(listFewUnits(handleOf({ unitCodes: FEW, without: 'cases' }), 'cases')).toBeNull()
})
