import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REGULATION_PROBLEM_REASONS, REGULATION_SAMPLES, WORKED_EXAMPLES } from '../src/index.ts'

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs')
const read = (...path: string[]): string => readFileSync(join(DOCS, ...path), 'utf8')

describe('docs/regulations', () => {
  it.each(REGULATION_SAMPLES.map(({ id }) => id))('tells the examples of %s word for word', (id) => {
    const card = read('regulations', `${id}.md`)
    const own = WORKED_EXAMPLES.filter(({ regulationId }) => regulationId === id)
    for (const { expected, title, working } of own) {
      expect(card).toContain(`${title.zh} · ${title.en}`)
      for (const language of ['zh', 'en'] as const) {
        const steps = working[language].map((sentence, index) => `${index + 1}. ${sentence}`)
        expect(card).toContain(`\n\n${steps.join('\n')}\n\n`)
      }
      for (const { code, points, ref } of expected.lines)
        expect(card).toContain(`| \`${code}\` | ${ref} | ${points / 100} |`)
      const score = expected.score === null ? '不计分 not measured' : `**${expected.score / 100}**`
      expect(card).toContain(`结果 result: ${score}`)
    }
  })

  it('names every contradiction that is refused', () => {
    const readme = read('regulations', 'README.md')
    expect(REGULATION_PROBLEM_REASONS.filter((reason) => !readme.includes(`\`${reason}\``))).toEqual([])
  })
})

const PARTS = [
  'Question',
  'Formula',
  'Denominator',
  'Roster',
  'Source clause',
  'Edge cases',
  'Worked example',
  'Known misuse',
  'Version',
]

describe('docs/indicators', () => {
  const cards = readdirSync(join(DOCS, 'indicators')).filter((name) => name !== 'README.md')

  it.each(cards)('%s has every part of a card, in order, and names a test of its numbers', (name) => {
    const card = read('indicators', name)
    const places = PARTS.map((part) => card.indexOf(`**${part}`))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect(card).toMatch(/Test: `packages\/domain\/[^`]+\.test\.ts`/)
    expect(read('indicators', 'README.md')).toContain(`(${name})`)
  })
})
