import {
  CATEGORIES,
  type Category,
  type DeadlineRule,
  findDeadline,
  type Level,
  LEVELS,
  type Tier,
  TIERS,
} from '@zhidu/domain'

export type Limit = Pick<DeadlineRule, 'stage' | 'channel'>

/** The kinds of limit there are; a final report has none by phone. */
export const LIMITS: readonly Limit[] = [
  { stage: 'first', channel: 'phone' },
  { stage: 'first', channel: 'written' },
  { stage: 'final', channel: 'written' },
]

interface Cell {
  readonly limitSeconds: number
  readonly clause: string
}

/** Every cell of one kind of limit: by level, category and tier; missing = no limit. */
export type DeadlineMatrix = ReadonlyMap<string, Cell>

function keyOf(level: Level, category: Category, tier: Tier): string {
  return `${level}/${category}/${tier}`
}

export function toMatrix(deadlines: readonly DeadlineRule[], limit: Limit): DeadlineMatrix {
  const cells = new Map<string, Cell>()
  for (const level of LEVELS) {
    for (const category of CATEGORIES) {
      for (const tier of TIERS) {
        const rule = findDeadline({ deadlines }, limit, level, category, tier)
        if (rule === undefined) continue
        cells.set(keyOf(level, category, tier), { limitSeconds: rule.limitSeconds, clause: rule.clause })
      }
    }
  }
  return cells
}

/** What stands in some cells together: a limit, null for none, `mixed` where they differ. */
export function valueIn(
  matrix: DeadlineMatrix,
  level: Level,
  categories: readonly Category[],
  tiers: readonly Tier[],
): number | null | 'mixed' {
  const values = new Set<number | null>()
  for (const category of categories) {
    for (const tier of tiers) values.add(matrix.get(keyOf(level, category, tier))?.limitSeconds ?? null)
  }
  const [first = null] = values
  return values.size > 1 ? 'mixed' : first
}

/** The clauses that limits in some cells come from, each once; empty = there is no limit. */
export function clausesIn(
  matrix: DeadlineMatrix,
  level: Level,
  categories: readonly Category[],
  tiers: readonly Tier[],
): string[] {
  const clauses = new Set<string>()
  for (const category of categories) {
    for (const tier of tiers) {
      const cell = matrix.get(keyOf(level, category, tier))
      if (cell !== undefined) clauses.add(cell.clause)
    }
  }
  return [...clauses]
}

/** A matrix with some cells changed; null = no limit there. */
export function withCells(
  matrix: DeadlineMatrix,
  where: { readonly level: Level; readonly categories: readonly Category[]; readonly tiers: readonly Tier[] },
  change: (cell: Cell | undefined) => Cell | null,
): DeadlineMatrix {
  const cells = new Map(matrix)
  for (const category of where.categories) {
    for (const tier of where.tiers) {
      const key = keyOf(where.level, category, tier)
      const next = change(cells.get(key))
      if (next === null) cells.delete(key)
      else cells.set(key, next)
    }
  }
  return cells
}

function groupsOf<Key extends string>(keys: readonly Key[], signOf: (key: Key) => string): Key[][] {
  const groups = new Map<string, Key[]>()
  for (const key of keys) {
    const sign = signOf(key)
    const group = groups.get(sign)
    if (group === undefined) groups.set(sign, [key])
    else group.push(key)
  }
  return [...groups.values()]
}

function allOrSome<Key>(some: readonly Key[], all: readonly Key[]): readonly Key[] | null {
  return some.length === all.length ? null : some
}

/** The fewest rules of this kind that say what the matrix says: levels alike together, then categories, then tiers. */
export function fromMatrix(matrix: DeadlineMatrix, limit: Limit): DeadlineRule[] {
  const cellSign = (level: Level, category: Category, tier: Tier): string =>
    JSON.stringify(matrix.get(keyOf(level, category, tier)) ?? null)
  const rowSign = (level: Level, category: Category): string =>
    TIERS.map((tier) => cellSign(level, category, tier)).join('|')
  const levelSign = (level: Level): string => CATEGORIES.map((category) => rowSign(level, category)).join('#')
  return groupsOf(LEVELS, levelSign).flatMap((levels) => {
    const [level] = levels
    if (level === undefined) return []
    return groupsOf(CATEGORIES, (category) => rowSign(level, category)).flatMap((categories) => {
      const [category] = categories
      if (category === undefined) return []
      return groupsOf(TIERS, (tier) => cellSign(level, category, tier)).flatMap((tiers): DeadlineRule[] => {
        const cell = tiers[0] === undefined ? undefined : matrix.get(keyOf(level, category, tiers[0]))
        if (cell === undefined) return []
        const scope = {
          levels: allOrSome(levels, LEVELS),
          categories: allOrSome(categories, CATEGORIES),
          tiers: allOrSome(tiers, TIERS),
        }
        return [{ ...scope, ...limit, ...cell }]
      })
    })
  })
}
