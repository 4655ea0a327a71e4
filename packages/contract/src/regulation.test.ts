import {
  BAOJI,
  checkRegulation,
  LEVELS,
  type Regulation,
  REGULATION_PROBLEM_REASONS,
  REGULATION_SAMPLES,
  type RegulationProblem,
  SAMPLE_REGULATION,
  toPlainDate,
} from '@zhidu/domain'
import { arbitraryRegulation } from '@zhidu/domain/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type RegulationDocument, toRegulationJson } from './regulation.ts'
import { placeWords } from './regulation-place-words.ts'
import { writeRuleCard } from './regulation-describe.ts'
import { parseRegulation, parseRegulationJson } from './regulation-parse.ts'
import { wordRegulationProblem } from './regulation-problem-words.ts'

type Mutable<T> = T extends string | number | boolean | null ? T : { -readonly [Key in keyof T]: Mutable<T[Key]> }
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
/** The type checker refuses this line when schema and domain part. */
const isSame: Same<Mutable<Regulation>, Mutable<z.infer<typeof RegulationDocument>>> = true

/** The document with one place changed: `deductions.0.code`. */
function withValue(path: string, value: unknown, document: Regulation = SAMPLE_REGULATION): unknown {
  const copy = JSON.parse(JSON.stringify(document)) as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let place = copy
  for (const key of keys) place = place[key] as Record<string, unknown>
  if (value === undefined) delete place[last]
  else place[last] = value
  return copy
}

describe('a regulation as a document', () => {
  it('has one type in the domain and in the schema', () => {
    expect(isSame).toBe(true)
  })

  it.each(REGULATION_SAMPLES.map((one) => [one.id, one] as const))('reads %s and writes it back the same', (_, one) => {
    const { regulation } = parseRegulationJson(toRegulationJson(one))
    expect(regulation).toEqual(one)
    // One form, whatever the order in which a database gives the keys.
    // Safe: the same entries in another order.
    const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as Regulation
    expect(toRegulationJson(turned)).toBe(toRegulationJson(one))
    expect(toRegulationJson({ ...one, effectiveFrom: toPlainDate('2026-10-01') })).toContain('"2026-10-01"')
  })

  it('reads any sound method and writes it back the same, also as a value and with a mark at its beginning', () => {
    fc.assert(
      fc.property(arbitraryRegulation, (one) => {
        const json = toRegulationJson(one)
        expect(parseRegulationJson(json)).toEqual({ regulation: one, issues: null })
        expect(parseRegulationJson(`\uFEFF${json}`).regulation).toEqual(one)
        expect(parseRegulation(JSON.parse(json)).regulation).toEqual(one)
        expect(checkRegulation(one)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['format', 1, '文件格式（format）：不能是 1；可填 2。'],
    ['id', '../x', '编号（id）：不能是 "../x"；可填 字母、数字、点、横线、下划线，以字母或数字开头，最多 40 个。'],
    ['effectiveFrom', '2026-02-30', '施行日（effectiveFrom）：不能是 "2026-02-30"；可填 日期，如 2026-10-01。'],
    ['title', '', '名称（title）：不能是 ""；可填 至少 1 个字符。'],
    ['period', 'year', '计分周期（period）：不能是 "year"；可填 quarter、month。'],
    ['grades.good', undefined, '“§5 Grades”等次·良好线（grades.good）：缺少；应为 数字。'],
    ['grades.good', 80.5, '“§5 Grades”等次·良好线（grades.good）：不能是 80.5；可填 整数。'],
    ['grades.best', 1, '“§5 Grades”等次·best（grades.best）：没有这一项；可用 clause、by、excellent、good、fair。'],
    ['absorbingMisreports', 'omitted', '不重复扣分（absorbingMisreports）：不能是 "omitted"；可填 列表。'],
    [
      'deductions.0.shape.kind',
      'double',
      '扣分第 1 项·扣法·类型（deductions[0].shape.kind）：不能是 "double"；可填 fixed、per_item、per_started_hour、percent_of_item、zero_month',
    ],
    ['deductions.0.code', 'sleepy', 'phone_late、phone_missing、written_late'],
    ['completeness.0.required', Array.from({ length: 13 }, () => 'source'), '最多 12 项'],
    [
      'deadlines.0.limitSeconds',
      1e12,
      '报送时限第 1 项·时限（deadlines[0].limitSeconds）：不能是 1000000000000；可填 不大于 1000000000 的整数',
    ],
  ] as const)('refuses %s = %j with the clause, the value and what would be accepted', (path, value, words) => {
    const { issues } = parseRegulation(withValue(path, value))
    const texts = issues?.map(({ text }) => text['zh-CN'].replaceAll(/“[^”]*”等次/g, '“§5 Grades”等次')) ?? []
    expect(texts.some((text) => text.includes(words))).toBe(true)
    expect(issues?.every(({ text }) => !/[\u4e00-\u9fff]/.test(text.en.replaceAll(/“[^”]*”|"[^"]*"/g, '')))).toBe(true)
  })

  it('has words for every key of every sample', () => {
    const keys = (value: unknown, path: readonly PropertyKey[]): (readonly PropertyKey[])[] =>
      typeof value !== 'object' || value === null
        ? [path]
        : [
            ...(path.length > 0 ? [path] : []),
            ...Object.entries(value).flatMap(([key, inner]) =>
              keys(inner, [...path, Array.isArray(value) ? Number(key) : key]),
            ),
          ]
    const unnamed = REGULATION_SAMPLES.flatMap((one) => keys(one, []))
      .filter((path) => typeof path.at(-1) === 'string' && /[A-Za-z]/.test(placeWords(path.slice(-1), 'zh-CN')))
      .map((path) => path.at(-1))
    expect([...new Set(unnamed)]).toEqual([])
  })

  it('names the clause under which a wrong value stands', () => {
    const issue = parseRegulation(withValue('deductions.0.shape.points', 'x')).issues?.[0]
    const label = SAMPLE_REGULATION.clauses.find(({ id }) => id === SAMPLE_REGULATION.deductions[0]?.clause)?.label
    expect(issue).toMatchObject({ path: 'deductions[0].shape.points', clause: label, value: '"x"' })
  })

  it('refuses what is no document at all, and what is too long to be one', () => {
    expect(parseRegulationJson('{').issues?.[0]?.text['zh-CN']).toContain('不是 JSON')
    expect(parseRegulationJson(' '.repeat(500_001)).issues?.[0]?.text.en).toContain('too long')
    expect(parseRegulationJson(`\uFEFF${toRegulationJson(BAOJI)}`).issues).toBeNull()
    for (const odd of [null, [], 'x', 7]) expect(parseRegulation(odd).regulation).toBeNull()
    const flood = {
      ...SAMPLE_REGULATION,
      ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 1])),
    }
    expect(parseRegulation(flood).issues).toHaveLength(200)
  })
})

/** One contradiction of each reason. */
const BROKEN: Readonly<Record<string, (one: Regulation) => Regulation>> = {
  level_without_limit: (one) => ({ ...one, deadlines: [] }),
  clause_unknown: (one) => ({ ...one, grades: { ...one.grades, clause: 'x' } }),
  cap_below_floor: (one) => ({
    ...one,
    dimensions: { ...one.dimensions, discipline: { ...one.dimensions.discipline, cap: 1, floor: 2 } },
  }),
  weights_do_not_sum: (one) => ({
    ...one,
    dimensions: { ...one.dimensions, timeliness: { ...one.dimensions.timeliness, weight: 95_00 } },
  }),
  grade_out_of_reach: (one) => ({ ...one, grades: { ...one.grades, excellent: 101_00 } }),
  value_out_of_range: (one) => ({ ...one, filing: { ...one.filing, leadDays: 61 } }),
}

describe('what contradicts in a regulation', () => {
  it.each(Object.entries(BROKEN))('is said of %s, with the clause and the values accepted', (reason, breakIt) => {
    const broken = breakIt(SAMPLE_REGULATION)
    const problem = checkRegulation(broken).find((one) => one.reason === reason)
    if (problem === undefined) throw new Error('nothing was found')
    expect({
      zh: wordRegulationProblem(problem, broken, 'zh-CN'),
      en: wordRegulationProblem(problem, broken, 'en'),
    }).toMatchSnapshot()
  })

  it('has words for every reason in both languages, with every place filled', () => {
    const params = {
      level: 'I',
      code: 'written_late',
      shape: 'fixed',
      dimension: 'filing',
      other: 'x',
      field: 'base',
      value: 1,
      min: 0,
      max: 2,
    } as const
    for (const reason of REGULATION_PROBLEM_REASONS) {
      for (const language of ['zh-CN', 'en'] as const) {
        const problem: RegulationProblem = { reason, clause: 'x', part: 'deductions', params }
        const text = wordRegulationProblem(problem, SAMPLE_REGULATION, language)
        expect(text).not.toMatch(/[{}]|undefined/)
        expect(text).toContain('x')
      }
    }
  })
})

describe('the rule card', () => {
  it.each(REGULATION_SAMPLES.map((one) => [one.id, one] as const))('says all of %s in both languages', (_, one) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const lines = writeRuleCard(one, language).flatMap((part) => part.lines)
      expect(lines.length).toBeGreaterThan(one.deductions.length + one.deadlines.length + LEVELS.length)
      for (const line of lines) expect(`${line.subject}${line.text}`).not.toMatch(/undefined|NaN|\{/)
    }
  })

  it('says of 宝鸡 what its notice says', () => {
    const card = writeRuleCard(BAOJI, 'zh-CN')
    const deductions = card
      .find(({ part }) => part === 'deductions')
      ?.lines.map(({ subject, text }) => `${subject}：${text}`)
    expect(deductions).toEqual([
      '脱岗：每次扣 1 分，计入“24小时值班”',
      '书面首报迟报：每次扣 1 分，计入“信息报告”',
      '谎报：每次扣 2 分，计入“信息报告”',
      '漏报：每次扣 3 分，计入“信息报告”',
      '瞒报：每次扣 4 分，计入“信息报告”',
    ])
    expect(card.find(({ part }) => part === 'deadlines')?.lines[0]).toEqual({
      subject: '首报书面报告（Ⅰ级、Ⅱ级）',
      text: '30 分钟内',
      clause: '补充',
    })
  })
})
