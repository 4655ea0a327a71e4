import {
  type LeadRow,
  listLeadPlaces,
  listReportedEvents,
  listReportedTexts,
  type ReadonlyDb,
  type ReportedRow,
  type ReportedText,
} from '@zhidu/db'
import { DAY_MS } from '@zhidu/domain'
import {
  type AreaUnit,
  buildGazetteer,
  buildLeadMatcher,
  type Gazetteer,
  type IncidentRecord,
  type LeadMatcher,
} from '@zhidu/leads'
import { loadRoster } from '../league/load-roster.ts'

/** Longer than any span in which a pair is compared. */
const DAYS_BACK = 11
const DAYS_ON = 3
/** Tiers whose units have an area; a bureau's events happen anywhere. */
const WITH_AREA: ReadonlySet<string> = new Set(['county', 'township'])

/** Units in reach with every name they bore, as places are found by them. */
export async function loadAreaUnits(db: ReadonlyDb): Promise<AreaUnit[]> {
  const { periodsOf } = await loadRoster(db)
  return [...periodsOf].map(([unitCode, periods]) => {
    const last = periods.at(-1)
    const names = new Set(periods.flatMap(({ name, shortName }) => (shortName === null ? [name] : [name, shortName])))
    return {
      unitCode,
      names: [...names],
      parentCode: last?.parentCode ?? null,
      hasArea: last !== undefined && last.parentCode !== null && WITH_AREA.has(last.tier),
    }
  })
}

export async function loadGazetteer(db: ReadonlyDb): Promise<Gazetteer> {
  return buildGazetteer(await loadAreaUnits(db), await listLeadPlaces(db))
}

/** A lead in the form that is matched. */
export function toLeadRecord({ leadCode, summary, ...row }: LeadRow) {
  const { category, deaths, injuries, occurredAt, place, seenAt, unitCode } = row
  return { id: leadCode, seenAt, occurredAt, unitCode, place, category, text: summary, deaths, injuries }
}

export interface Matching {
  readonly matcher: LeadMatcher
  readonly gazetteer: Gazetteer
  readonly rowsOf: ReadonlyMap<string, readonly ReportedRow[]>
}

/**
 * An event with what its reports say: the text as it was first told, since leads are seen early; place and persons as they were said last.
 * An area that a report names is one of the event's.
 */
function toIncident(id: string, rows: readonly ReportedRow[], texts: readonly ReportedText[]): IncidentRecord {
  const [first] = rows
  if (first === undefined) throw new RangeError('an event that nobody reported')
  const { category, level, occurredAt } = first
  const areas = texts.flatMap(({ areaCode }) => areaCode ?? [])
  const told = texts.filter(({ stage }) => stage === 'first')
  const words = (told.length > 0 ? told : texts).map(({ text }) => text).filter((text) => text !== '')
  return {
    id,
    unitCodes: [...new Set([...rows.map(({ unitCode }) => unitCode), ...areas])],
    occurredAt,
    category,
    level,
    place: texts.findLast(({ place }) => place !== '')?.place ?? null,
    text: words.length > 0 ? words.join('\n') : null,
    deaths: texts.findLast(({ deaths }) => deaths !== null)?.deaths ?? null,
    injuries: texts.findLast(({ injuries }) => injuries !== null)?.injuries ?? null,
  }
}

/** A matcher over the events reported around some leads, with what was written of them; null = there are no leads. */
export async function loadMatching(db: ReadonlyDb, leads: readonly LeadRow[]): Promise<Matching | null> {
  if (leads.length === 0) return null
  const times = leads.map(({ occurredAt, seenAt }) => occurredAt ?? seenAt)
  const range = { from: Math.min(...times) - DAYS_BACK * DAY_MS, to: Math.max(...times) + DAYS_ON * DAY_MS }
  const rowsOf = Map.groupBy(await listReportedEvents(db, range), ({ eventCode }) => eventCode)
  const textsOf = Map.groupBy(await listReportedTexts(db, range), ({ eventCode }) => eventCode)
  const gazetteer = await loadGazetteer(db)
  const incidents = [...rowsOf].map(([id, rows]) => toIncident(id, rows, textsOf.get(id) ?? []))
  return { matcher: buildLeadMatcher(incidents, gazetteer), gazetteer, rowsOf }
}
