import type { DrawPlanDocument } from '@zhidu/contract'
import { listDrawPlans, listDraws, type ReadonlyDb } from '@zhidu/db'
import type { CoverageRules } from '@zhidu/domain'
import { readDocument } from '../draw/load-draw.ts'

/** What an office's approved plans say. */
export interface OfficePlans {
  /** The strictest of the plans that draw from a group. */
  readonly rulesOf: (group: string) => CoverageRules
  /** Inspectors the plans name, each once. */
  readonly inspectors: readonly string[]
  /** Draws that drew inspectors too. */
  readonly doublyRandom: ReadonlySet<string>
}

function least(values: readonly (number | null)[]): number | null {
  const given = values.filter((one) => one !== null)
  return given.length === 0 ? null : Math.min(...given)
}

function strictest(plans: readonly DrawPlanDocument[], group: string): CoverageRules {
  const drawn = plans.filter(({ strata }) => strata.some((one) => one.group === group))
  return {
    everyUnitWithinQuarters: least(drawn.map((plan) => plan.everyUnitWithinQuarters)),
    mostPerMonth: least(drawn.map((plan) => plan.mostPerMonth)),
    mostNightPerQuarter: least(drawn.map((plan) => plan.mostNightPerQuarter)),
  }
}

/** Of each plan its newest version that was approved by then; `asOf`: epoch ms. */
export async function loadOfficePlans(db: ReadonlyDb, office: string, asOf: number): Promise<OfficePlans> {
  const versions = await listDrawPlans(db, { unitCode: office })
  const approved = versions.filter(({ approvedAt }) => approvedAt !== null && approvedAt <= asOf)
  const newest = [...Map.groupBy(approved, ({ planId }) => planId).values()].flatMap((all) =>
    all.toSorted((a, b) => b.version - a.version).slice(0, 1),
  )
  const plans = newest.map(readDocument)
  const withInspectors = new Set(
    versions
      .filter((row) => readDocument(row).inspectors.length > 0)
      .map(({ planId, version }) => `${planId} ${version}`),
  )
  const draws = await listDraws(db)
  return {
    rulesOf: (group) => strictest(plans, group),
    inspectors: [...new Set(plans.flatMap(({ inspectors }) => inspectors.map(({ name }) => name)))],
    doublyRandom: new Set(
      draws
        .filter(({ planId, planVersion }) => withInspectors.has(`${planId} ${planVersion}`))
        .map(({ drawId }) => drawId),
    ),
  }
}
