import { type Dimension, DIMENSIONS, type DimensionRule } from './regulation.ts'

export type DimensionTitles = Readonly<Partial<Record<Dimension, string>>>

/** The names that a method gives its dimensions itself. */
export function titlesOf(dimensions: Readonly<Record<Dimension, Pick<DimensionRule, 'title'>>>): DimensionTitles {
  const titles: Partial<Record<Dimension, string>> = {}
  for (const dimension of DIMENSIONS) {
    const { title } = dimensions[dimension]
    if (title !== null) titles[dimension] = title
  }
  return titles
}
