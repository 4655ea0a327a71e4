import { CATEGORIES, type Category, DAY_MS, HOUR_MS, type Level, MINUTE_MS } from '@zhidu/domain'
import {
  createRandom,
  type Random,
  sampleCategory,
  sampleChance,
  sampleGamma,
  sampleInteger,
  sampleItem,
  sampleNormal,
} from '@zhidu/statistics'
import { type LabelledPlace, type LabelledUnit, type LabelledWorld, makeLabelledWorld } from './make-places.ts'
import { CLOSERS, HAPPENINGS, OPENERS, OUT_OF_SCOPE } from './words.ts'

export interface LabelledLeadOptions {
  readonly seed: string
  readonly incidentCount: number
  readonly leadCount: number
  /** 9 when it is not said, as a city has. */
  readonly countyCount?: number
  /** Over how many days both are spread. */
  readonly days: number
  /** Epoch ms of the first of them. */
  readonly from: number
}

/** An event as its reports tell it. */
export interface LabelledIncident {
  readonly id: string
  readonly unitCodes: readonly string[]
  readonly occurredAt: number
  readonly category: Category
  readonly level: Level
  readonly place: string | null
  readonly text: string | null
  readonly deaths: number | null
  readonly injuries: number | null
}

export interface LabelledLead {
  readonly id: string
  readonly seenAt: number
  readonly occurredAt: number | null
  readonly unitCode: string | null
  readonly place: string | null
  readonly category: Category | null
  readonly text: string
  readonly deaths: number | null
  readonly injuries: number | null
}

export const LEAD_TRUTHS = ['reported', 'duplicate', 'omitted', 'false', 'out_of_scope'] as const
/** What a lead really is: `eventId` = the reported event it tells of; `ofLead` = the lead that told it first. */
export interface LeadTruth {
  readonly kind: (typeof LEAD_TRUTHS)[number]
  readonly eventId: string | null
  readonly ofLead: string | null
}

export interface LabelledLeads {
  readonly units: readonly LabelledUnit[]
  readonly places: readonly LabelledPlace[]
  readonly incidents: readonly LabelledIncident[]
  readonly leads: readonly LabelledLead[]
  readonly truth: ReadonlyMap<string, LeadTruth>
}

/** How the noise is dealt out; described in docs/leads.md. Shares of leads, unless it says of reports. */
export const LEAD_NOISE = {
  reportWithoutText: 0.3,
  reportWithoutPlace: 0.2,
  reportWithoutFigures: 0.4,
  reportedByBureau: 0.2,
  aliasOfPlace: 0.35,
  noPlace: 0.12,
  wrongDistrict: 0.06,
  noUnit: 0.25,
  noTime: 0.35,
  timeOffHours: 1.2,
  timeOffByADay: 0.04,
  noCategory: 0.2,
  wrongCategory: 0.06,
  noFigures: 0.5,
  roundedFigures: 0.3,
} as const

const KIND_WEIGHTS = { reported: 58, duplicate: 12, omitted: 10, false: 8, out_of_scope: 12 }
const CATEGORY_WEIGHTS: Readonly<Record<Category, number>> = {
  natural_disaster: 22,
  accident: 42,
  public_health: 14,
  social_security: 22,
}
const LEVEL_WEIGHTS: Readonly<Record<Level, number>> = { I: 0.2, II: 0.8, III: 9, IV: 90 }
const LONGEST_LAG_HOURS = 48

/** Something that happened, reported or not. */
interface Happened {
  readonly id: string
  readonly county: string
  readonly place: LabelledPlace
  readonly at: number
  readonly category: Category
  readonly kind: number
  readonly number: number
  readonly level: Level
  readonly deaths: number
  readonly injuries: number
}

function happen(random: Random, id: string, world: LabelledWorld, { days, from }: LabelledLeadOptions): Happened {
  const place = sampleItem(random, world.places)
  const category = sampleCategory(random, CATEGORY_WEIGHTS)
  const level = sampleCategory(random, LEVEL_WEIGHTS)
  const least = { I: 30, II: 10, III: 3, IV: 0 }[level]
  const deaths =
    level === 'IV'
      ? sampleChance(random, 0.08)
        ? sampleInteger(random, 1, 2)
        : 0
      : sampleInteger(random, least, least + 4)
  return {
    id,
    county: place.unitCode,
    place,
    at: from + sampleInteger(random, 0, (days * DAY_MS) / MINUTE_MS - 1) * MINUTE_MS,
    category,
    kind: sampleInteger(random, 0, HAPPENINGS[category].length - 1),
    number: sampleInteger(random, 2, 60),
    level,
    deaths,
    injuries: sampleChance(random, 0.35) ? sampleInteger(random, 1, 9) : 0,
  }
}

const say = (text: string, number: number): string => text.replaceAll('{n}', String(number))

function happeningOf({ category, kind }: Happened) {
  const one = HAPPENINGS[category][kind]
  if (one === undefined) throw new RangeError(`no happening ${category} ${kind}`)
  return one
}

function report(random: Random, own: Happened, world: LabelledWorld, countyName: string): LabelledIncident {
  const isBureau = sampleChance(random, LEAD_NOISE.reportedByBureau)
  const hasText = !sampleChance(random, LEAD_NOISE.reportWithoutText)
  const hasPlace = hasText || !sampleChance(random, LEAD_NOISE.reportWithoutPlace)
  const hasFigures = !sampleChance(random, LEAD_NOISE.reportWithoutFigures)
  const place = `${countyName}${own.place.name}`
  const off = sampleInteger(random, -10, 10) * MINUTE_MS
  return {
    id: own.id,
    unitCodes: [isBureau ? sampleItem(random, world.bureaus) : own.county],
    occurredAt: own.at + off,
    category: own.category,
    level: own.level,
    place: hasPlace ? place : null,
    text: hasText ? `${place}${say(sampleItem(random, happeningOf(own).reported), own.number)}` : null,
    deaths: hasFigures ? own.deaths : null,
    injuries: hasFigures ? own.injuries : null,
  }
}

function roundFigure(random: Random, figure: number): number {
  if (!sampleChance(random, LEAD_NOISE.roundedFigures) || figure === 0) return figure
  return figure >= 10 ? Math.round(figure / 5) * 5 : Math.max(1, figure + sampleInteger(random, -1, 1))
}

function sayTime(random: Random, at: number): number | null {
  if (sampleChance(random, LEAD_NOISE.noTime)) return null
  const day = sampleChance(random, LEAD_NOISE.timeOffByADay) ? sampleItem(random, [-DAY_MS, DAY_MS]) : 0
  const off = sampleNormal(random) * LEAD_NOISE.timeOffHours * HOUR_MS
  const half = HOUR_MS / 2
  return Math.round((at + day + off) / half) * half
}

function sayPlace(random: Random, { place }: Happened, countyName: string): string | null {
  if (sampleChance(random, LEAD_NOISE.noPlace)) return null
  const isAlias = sampleChance(random, LEAD_NOISE.aliasOfPlace)
  const name = isAlias ? (place.aliases[0] ?? place.name.slice(0, 2)) : place.name
  return sampleChance(random, 0.5) ? `${countyName}${name}` : name
}

function tell(
  random: Random,
  id: string,
  own: Happened,
  world: LabelledWorld,
  names: ReadonlyMap<string, string>,
  words: string | null,
): LabelledLead {
  const lagHours = Math.min(LONGEST_LAG_HOURS, 0.2 + sampleGamma(random, 1) * 7)
  const county = sampleChance(random, LEAD_NOISE.wrongDistrict) ? sampleItem(random, world.counties) : own.county
  const place = sayPlace(random, own, names.get(own.county) ?? '')
  const category = sampleChance(random, LEAD_NOISE.wrongCategory) ? sampleItem(random, CATEGORIES) : own.category
  const isCounted = !sampleChance(random, LEAD_NOISE.noFigures)
  const told = words ?? say(sampleItem(random, happeningOf(own).told), roundFigure(random, own.number))
  return {
    id,
    seenAt: own.at + Math.round(lagHours * 60) * MINUTE_MS,
    occurredAt: sayTime(random, own.at),
    unitCode: sampleChance(random, LEAD_NOISE.noUnit) ? null : county,
    place,
    category: sampleChance(random, LEAD_NOISE.noCategory) ? null : category,
    text: `${sampleItem(random, OPENERS)}${place ?? ''}${told}${sampleItem(random, CLOSERS)}`,
    deaths: isCounted ? roundFigure(random, own.deaths) : null,
    injuries: isCounted ? roundFigure(random, own.injuries) : null,
  }
}

/**
 * Reports and leads of an invented city, with what each lead really is: 58 % tell of a reported event, 12 % of one that an earlier
 * lead told of, 10 % of an event that was never reported, 8 % of nothing that happened, 12 % of nothing that is to be reported.
 * The same options give the same set. Throws RangeError unless there are incidents.
 */
export function makeLabelledLeads(options: LabelledLeadOptions): LabelledLeads {
  const { countyCount, incidentCount, leadCount, seed } = options
  if (!(incidentCount > 0)) throw new RangeError('no incidents to tell of')
  const world = makeLabelledWorld(seed, countyCount)
  const names = new Map(world.units.map(({ names: [name], unitCode }) => [unitCode, name ?? '']))
  const events = Array.from({ length: incidentCount }, (_, at) => {
    const id = `E${String(at + 1).padStart(6, '0')}`
    return happen(createRandom(`${seed}/event/${id}`), id, world, options)
  })
  const incidents = events.map((own) =>
    report(createRandom(`${seed}/report/${own.id}`), own, world, names.get(own.county) ?? ''),
  )
  const leads: LabelledLead[] = []
  const truth = new Map<string, LeadTruth>()
  const first = new Map<string, Happened>()
  for (let at = 0; at < leadCount; at += 1) {
    const id = `L${String(at + 1).padStart(6, '0')}`
    const random = createRandom(`${seed}/lead/${id}`)
    const drawn = sampleCategory(random, KIND_WEIGHTS)
    const again = drawn === 'duplicate' && first.size > 0 ? sampleItem(random, [...first].slice(-200)) : null
    const kind = again === null && drawn === 'duplicate' ? 'reported' : drawn
    const own = again?.[1] ?? (kind === 'reported' ? sampleItem(random, events) : happen(random, id, world, options))
    const words = kind === 'out_of_scope' ? sampleItem(random, OUT_OF_SCOPE) : null
    leads.push(tell(random, id, own, world, names, words))
    if (kind === 'reported') first.set(id, own)
    truth.set(id, {
      kind,
      eventId: kind === 'reported' || kind === 'duplicate' ? own.id : null,
      ofLead: again?.[0] ?? null,
    })
  }
  return { units: world.units, places: world.places, incidents, leads, truth }
}
