import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds on a page, or in one part of it: rule and element, a line each; empty is the wish.
 * Looks from the top of the page: lower down a control lies half under the fixed bar by chance, and counts as too small.
 */
export async function findBarriers(page: Page, part?: string): Promise<string[]> {
  await page.evaluate(() => window.scrollTo(0, 0))
  const axe = new AxeBuilder({ page }).withTags(RULES)
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 140)}`))
}
