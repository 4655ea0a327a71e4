import { CATEGORIES, HOUR_MS, LEVELS } from '@zhidu/domain'
import { makeLabelledLeads } from '@zhidu/synthetic'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildLeadMatcher } from './match-leads.ts'
import { buildGazetteer } from './place/gazetteer.ts'
import type { LeadMatch } from './score/judge-candidates.ts'
import type { IncidentRecord, LeadRecord } from './score/record.ts'
import { matchExhaustively } from './testing/match-exhaustively.ts'

const NOON = Date.parse('2026-08-17T12:00:00+08:00')
const UNITS = ['C01', 'C02', 'C03'].map((unitCode, at) => ({
  unitCode,
  names: [['安东区', '安西区', '棠海市'][at] ?? ''],
  parentCode: 'S00',
  hasArea: true,
}))
const ROOT = { unitCode: 'S00', names: ['岭安市'], parentCode: null, hasArea: false }
const BUREAU = { unitCode: 'D15', names: ['市交通局'], parentCode: 'S00', hasArea: false }
const PLACES = [
  { name: '青石镇', aliases: ['青石圩'], unitCode: 'C01' },
  { name: '白沙镇', aliases: [], unitCode: 'C03' },
  { name: '白沙街道', aliases: [], unitCode: 'C02' },
]
const GAZETTEER = buildGazetteer([ROOT, ...UNITS, BUREAU], PLACES)

const LEAD: LeadRecord = {
  id: 'L',
  seenAt: NOON + 3 * HOUR_MS,
  occurredAt: NOON,
  unitCode: 'C01',
  place: '青石镇',
  category: 'accident',
  text: '市民来电反映：青石镇货车与客车相撞，有人受伤',
  deaths: 0,
  injuries: 3,
}
const INCIDENT: IncidentRecord = {
  id: 'E',
  unitCodes: ['C01'],
  occurredAt: NOON,
  category: 'accident',
  level: 'IV',
  place: '安东区青石镇',
  text: '安东区青石镇发生道路交通事故，货车与客车相撞',
  deaths: 0,
  injuries: 3,
}
/** Others, so that an area or a class is not what all have. */
const OTHERS: readonly IncidentRecord[] = Array.from({ length: 40 }, (_, at) => ({
  ...INCIDENT,
  id: `O${at}`,
  unitCodes: [['C01', 'C02', 'C03', 'D15'][at % 4] ?? ''],
  occurredAt: NOON + (at - 20) * 4 * HOUR_MS + HOUR_MS,
  category: CATEGORIES[at % 4] ?? 'accident',
  place: null,
  text: at % 3 === 0 ? null : `大风刮倒树木，处置中 ${at}`,
  injuries: at % 5,
}))

function bitsOf(lead: LeadRecord, incident: IncidentRecord): number {
  const match = buildLeadMatcher([...OTHERS, incident], GAZETTEER).match(lead)
  return match.candidates.find(({ id }) => id === incident.id)?.bits ?? -Infinity
}

const arbitraryText = fc.constantFrom(
  '青石镇货车相撞',
  '白沙大雨积水',
  '厂房起火浓烟',
  '学生呕吐送医',
  '山体滑坡路断',
  '',
)
const arbitraryLead: fc.Arbitrary<LeadRecord> = fc.record({
  id: fc.constant('L'),
  seenAt: fc.integer({ min: -40, max: 40 }).map((hours) => NOON + hours * HOUR_MS),
  occurredAt: fc.option(fc.integer({ min: -60, max: 60 }).map((hours) => NOON + (hours * HOUR_MS) / 2)),
  unitCode: fc.option(fc.constantFrom('C01', 'C02', 'C03', 'D15')),
  place: fc.option(fc.constantFrom('青石', '白沙', '棠海市白沙镇', '某处')),
  category: fc.option(fc.constantFrom(...CATEGORIES)),
  text: arbitraryText,
  deaths: fc.option(fc.constantFrom(0, 1, 2, 12)),
  injuries: fc.option(fc.constantFrom(0, 1, 3, 50)),
})
const arbitraryIncidents: fc.Arbitrary<IncidentRecord[]> = fc
  .array(
    fc.record({
      unitCodes: fc.subarray(['C01', 'C02', 'C03', 'D15'], { minLength: 1, maxLength: 2 }),
      occurredAt: fc.integer({ min: -130, max: 60 }).map((hours) => NOON + hours * HOUR_MS),
      category: fc.option(fc.constantFrom(...CATEGORIES)),
      level: fc.option(fc.constantFrom(...LEVELS)),
      place: fc.option(fc.constantFrom('青石镇', '白沙街道', '安西区白沙街道')),
      text: fc.option(arbitraryText),
      deaths: fc.option(fc.constantFrom(0, 1, 3, 12)),
      injuries: fc.option(fc.constantFrom(0, 2, 3, 60)),
    }),
    { maxLength: 30 },
  )
  .map((all) => all.map((one, at) => ({ ...one, id: `E${at}` })))

const rounded = ({ candidates, proposed }: LeadMatch) => ({
  proposed: proposed?.id ?? null,
  candidates: candidates.map(({ bits, id, probability, reasons }) => ({
    id,
    bits: bits.toFixed(6),
    probability: probability.toFixed(6),
    reasons: reasons.map((one) => `${one.feature} ${one.grade} ${one.bits.toFixed(6)}`),
  })),
})

describe('the matcher', () => {
  it('lists exactly what looking at every pair in full lists', () => {
    fc.assert(
      fc.property(arbitraryLead, arbitraryIncidents, (lead, incidents) => {
        const [expected] = matchExhaustively([lead], incidents, GAZETTEER)
        if (expected === undefined) throw new RangeError('nothing was matched')
        expect(rounded(buildLeadMatcher(incidents, GAZETTEER).match(lead))).toEqual(rounded(expected))
      }),
      { numRuns: 300 },
    )
  })

  it('does so on an invented city as well', () => {
    const { incidents, leads, places, units } = makeLabelledLeads({
      seed: 'exhaustive',
      incidentCount: 500,
      leadCount: 60,
      days: 20,
      from: NOON,
    })
    const gazetteer = buildGazetteer(units, places)
    const matcher = buildLeadMatcher(incidents, gazetteer)
    expect(leads.map((lead) => rounded(matcher.match(lead)))).toEqual(
      matchExhaustively(leads, incidents, gazetteer).map(rounded),
    )
  })

  it('does not depend on the order of the reports', () => {
    fc.assert(
      fc.property(
        arbitraryLead,
        arbitraryIncidents.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        (lead, [some, shuffled]) => {
          const [one, other] = [some, shuffled].map((all) => rounded(buildLeadMatcher(all, GAZETTEER).match(lead)))
          expect(other).toEqual(one)
        },
      ),
    )
  })

  it('says of each candidate why, and the reasons are the score', () => {
    const [first] = buildLeadMatcher([...OTHERS, INCIDENT], GAZETTEER).match(LEAD).candidates
    expect(first?.id).toBe('E')
    expect(first?.reasons.map(({ feature, grade }) => `${feature} ${grade}`)).toEqual([
      'area same',
      'place same',
      'time same',
      'category same',
      'casualties same',
      'text same',
    ])
    expect(first?.reasons.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(first?.bits ?? 0, 9)
    expect(first?.probability).toBeGreaterThan(0.99)
  })

  it('believes the unit which of several places of one name is meant, and without it each the less', () => {
    const places = [...PLACES, { name: '青石村', aliases: [], unitCode: 'C02' }]
    const matcher = buildLeadMatcher([...OTHERS, INCIDENT], buildGazetteer([ROOT, ...UNITS, BUREAU], places))
    const bits = [LEAD, { ...LEAD, unitCode: 'D15', place: '青石' }, { ...LEAD, place: '青石' }].map((lead) =>
      matcher
        .match(lead)
        .candidates.find(({ id }) => id === 'E')
        ?.reasons.find(({ feature }) => feature === 'area'),
    )
    expect(bits.map((one) => one?.grade)).toEqual(['same', 'same', 'same'])
    expect(bits[1]?.bits).toBeLessThan((bits[0]?.bits ?? 0) - 0.5)
    expect(bits[2]?.bits).toBe(bits[0]?.bits)
  })

  it('compares texts without the names of places, which are compared already', () => {
    const other = { ...INCIDENT, text: '安东区青石镇群众聚集' }
    const [first] = buildLeadMatcher([...OTHERS, other], GAZETTEER).match({
      ...LEAD,
      text: '青石镇山林着火',
    }).candidates
    expect(first?.reasons.find(({ feature }) => feature === 'text')?.grade).toBe('far')
  })

  it('never scores a candidate higher when it is made worse', () => {
    const hours = [0, 1, 3, 8, 20, 40]
    const times = hours.map((one) => bitsOf({ ...LEAD, occurredAt: NOON + one * HOUR_MS }, INCIDENT))
    const lags = [1, 12, 48, 200].map((one) =>
      bitsOf({ ...LEAD, occurredAt: null, seenAt: NOON + one * HOUR_MS }, INCIDENT),
    )
    const injuries = [3, 4, 6, 20].map((one) => bitsOf({ ...LEAD, injuries: one }, INCIDENT))
    const deaths = [0, 1, 4, 40].map((one) => bitsOf({ ...LEAD, deaths: one }, INCIDENT))
    const places = ['青石镇', '不知何处', '白沙'].map((place) =>
      bitsOf({ ...LEAD, place, text: '货车与客车相撞' }, INCIDENT),
    )
    const classes = (['accident', null, 'public_health'] as const).map((category) =>
      bitsOf({ ...LEAD, category }, INCIDENT),
    )
    const texts = [LEAD.text, '货车追尾', '工地塌方'].map((text) => bitsOf({ ...LEAD, text }, INCIDENT))
    const levels = (['IV', 'III', 'I'] as const).map((level) =>
      bitsOf(LEAD, { ...INCIDENT, level, deaths: null, injuries: null }),
    )
    for (const bits of [times, lags, injuries, deaths, places, classes, texts, levels]) {
      expect(bits).toEqual(bits.toSorted((a, b) => b - a))
      expect(bits.at(-1)).toBeLessThan(bits[0] ?? 0)
    }
  })

  it('compares nothing outside of the days in which it can be, and proposes nothing where nothing is likely', () => {
    const far = { ...LEAD, occurredAt: NOON + 49 * HOUR_MS }
    expect(buildLeadMatcher([INCIDENT], GAZETTEER).match(far).candidates).toEqual([])
    expect(buildLeadMatcher([], GAZETTEER).match(LEAD)).toMatchObject({ candidates: [], proposed: null })
  })
})
