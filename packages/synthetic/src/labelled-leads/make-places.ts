import { createRandom, sampleItem } from '@zhidu/statistics'
import { COUNTY_KINDS, COUNTY_STEMS, SPOT_KINDS, TOWN_KINDS, TOWN_STEMS } from './words.ts'

/** A unit as far as matching is concerned. */
export interface LabelledUnit {
  readonly unitCode: string
  readonly names: readonly string[]
  readonly parentCode: string | null
  readonly hasArea: boolean
}

export interface LabelledPlace {
  readonly name: string
  readonly aliases: readonly string[]
  readonly unitCode: string
}

export interface LabelledWorld {
  readonly units: readonly LabelledUnit[]
  readonly places: readonly LabelledPlace[]
  readonly counties: readonly string[]
  readonly bureaus: readonly string[]
}

const TOWNS = 12
const SPOTS_PER_TOWN = 4
/** Bureaus for every nine counties, as many as a city has that report at all. */
const BUREAUS = 12
/** Counties of a city. */
const COUNTIES = 9

/** Counties with towns, villages and roads, some of which bear the same name in two counties, and bureaus without an area. */
export function makeLabelledWorld(seed: string, countyCount: number = COUNTIES): LabelledWorld {
  const random = createRandom(`${seed}/places`)
  const units: LabelledUnit[] = [{ unitCode: 'T00', names: ['示例市'], parentCode: null, hasArea: false }]
  const places: LabelledPlace[] = []
  const counties = Array.from({ length: countyCount }, (_, at) => {
    const stem = COUNTY_STEMS[at] ?? TOWN_STEMS[(at * 7) % TOWN_STEMS.length] ?? ''
    const unitCode = `T${String(at + 1).padStart(3, '0')}`
    units.push({
      unitCode,
      names: [`${stem}${COUNTY_KINDS[at % COUNTY_KINDS.length] ?? '县'}`],
      parentCode: 'T00',
      hasArea: true,
    })
    return unitCode
  })
  for (const unitCode of counties) {
    const stems = new Set<string>()
    while (stems.size < TOWNS) stems.add(sampleItem(random, TOWN_STEMS))
    for (const stem of stems) {
      const town = `${stem}${sampleItem(random, TOWN_KINDS)}`
      places.push({ name: town, aliases: [`${stem}圩`], unitCode })
      for (let spot = 0; spot < SPOTS_PER_TOWN; spot += 1) {
        const kind = sampleItem(random, SPOT_KINDS)
        places.push({ name: `${sampleItem(random, TOWN_STEMS)}${kind}`, aliases: [], unitCode })
      }
    }
  }
  const bureaus = Array.from(
    { length: Math.ceil(countyCount / COUNTIES) * BUREAUS },
    (_, at) => `B${String(at + 1).padStart(3, '0')}`,
  )
  for (const unitCode of bureaus) units.push({ unitCode, names: [unitCode], parentCode: 'T00', hasArea: false })
  return { units, places, counties, bureaus }
}
