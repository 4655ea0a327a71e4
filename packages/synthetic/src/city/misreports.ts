import { addDays, localDateOf, type MisreportFact, type MisreportKind } from '@zhidu/domain'
import { createRandom, sampleChance, sampleInteger } from '@zhidu/statistics'
import type { CityEvent } from './events.ts'

const OMITTED_SHARE = 0.3
/** Of omitted events, those that were hidden on purpose. */
const CONCEALED_SHARE = 0.06
const UNDERSTATED_SHARE = 0.25
const FALSE_SHARE = 0.0006

const BASIS: Readonly<Record<MisreportKind, string>> = {
  understated: '后续报告级别上调，核实首报伤亡和损失少报',
  false: '现场核查与书面报告所述情况不符',
  omitted: '外部线索先行发现，经核实单位知情未报',
  concealed: '调查认定知情后有意不报',
}

function kindOf(seed: string, event: CityEvent): MisreportKind | null {
  const random = createRandom(`${seed}/misreport/${event.eventCode}`)
  const isMissing = event.reports.every((report) => report.writtenAt === null)
  const isRaised = event.reports.some((report) => report.level !== event.reports[0]?.level)
  if (isMissing && sampleChance(random, OMITTED_SHARE))
    return sampleChance(random, CONCEALED_SHARE) ? 'concealed' : 'omitted'
  if (isRaised && sampleChance(random, UNDERSTATED_SHARE)) return 'understated'
  return !isMissing && sampleChance(random, FALSE_SHARE) ? 'false' : null
}

/** What people decided about an event, one to two weeks after it; null for nearly all events. */
export function makeMisreport(seed: string, event: CityEvent): MisreportFact | null {
  const kind = kindOf(seed, event)
  if (kind === null) return null
  const { eventCode, unitCode } = event
  const days = sampleInteger(createRandom(`${seed}/misreport/${eventCode}/day`), 5, 14)
  const confirmedOn = addDays(localDateOf(event.learnedAt), days)
  return { misreportCode: eventCode.replace('SJ', 'RD'), unitCode, eventCode, kind, confirmedOn, basis: BASIS[kind] }
}
