import { expect, it } from 'vitest'
import { applyMutant, functionOf, listMutants, markFunctions } from './mutants.ts'
import { compareToList, type Judged, scoreOf } from './score.ts'

/** What may stand in the place of each text, in order. */
function changesOf(source: string): string[] {
  return listMutants(source).map(({ start, end, replacement }) => `${source.slice(start, end)} → ${replacement}`)
}

it.each([
  ['f(a < b)', ['f(a < b) → ;', '< → <=', '< → >=']],
  ['const x = a && !b', ['&& → ||', '!b → b']],
  ['const x = a?.b ?? 1_000', ['?. → .', '?? → &&', '1_000 → 1001']],
  ['const x = list.filter(f).some(g)', ['list.filter(f) → list', 'some → every']],
  ['const f = () => true', ['true → false', 'true → undefined']],
  ['function f() { return [] }', ['{ return [] } → {}']],
  ['const x = y ? "a" : ""', ['y → false', 'y → true', `"a" → ''`, `"" → 'mutated'`]],
  // Names, types, and the words of a bug are no values.
  ['const x: "a" | 1 = { "b": c }', ['{ "b": c } → {}']],
  ['throw new RangeError("no such unit")', []],
  ['import a from "b"', []],
  ['const t = sql`select 1`', []],
])('changes %s', (source, changes) => {
  expect(changesOf(source)).toEqual(changes)
})

it('changes one place at a time', () => {
  const source = 'const x = a + b - c'
  expect(listMutants(source).map((mutant) => applyMutant(source, mutant))).toEqual([
    'const x = a - b - c',
    'const x = a + b + c',
  ])
})

it('marks every function at its start, and finds the innermost one of a place', () => {
  const source = 'function f(a) { return a.map((b) => (b > 1 ? g : () => 2)) }'
  const { bodies, code } = markFunctions(source, (index) => `M(${index})`)
  expect(code).toBe('function f(a) {M(0); return a.map((b) => (M(1),(b > 1 ? g : () => (M(2),2)))) }')
  const at = (text: string): number | null =>
    functionOf({ start: source.indexOf(text), end: source.indexOf(text) + text.length }, bodies)
  expect(['return', 'b > 1', '2', 'function'].map(at)).toEqual([0, 1, 2, null])
})

function judged(verdict: Judged['verdict'], was = 'a'): Judged {
  return {
    file: 'x.ts',
    was,
    line: was,
    verdict,
    mutant: { kind: 'text', start: 0, end: 1, replacement: 'b', line: 1 },
  }
}

it('counts what is noticed among programs that differ', () => {
  const all = [judged('killed'), judged('endless'), judged('survived'), judged('unreached', 'same'), judged('broken')]
  const list = [{ file: 'x.ts', line: 'same', was: 'same', replacements: ['b'], reason: 'nobody could tell' }]
  const { problems, unnoticed } = compareToList(all, list, { isWhole: true })
  expect([problems, scoreOf(all, unnoticed)]).toEqual([[], { killed: 2, total: 3, equivalent: 1, percent: 200 / 3 }])
})

it('refuses a list that excuses what is noticed, or what is gone', () => {
  const list = ['a', 'gone'].map((was) => ({
    file: 'x.ts',
    line: was,
    was,
    replacements: ['b'],
    reason: 'nobody could tell',
  }))
  const { problems } = compareToList([judged('killed')], list, { isWhole: true })
  expect(problems).toHaveLength(2)
  expect(compareToList([judged('killed')], list, { isWhole: false }).problems).toHaveLength(1)
})
