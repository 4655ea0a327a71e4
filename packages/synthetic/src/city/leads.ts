import {
  type Category,
  HOUR_MS,
  type LeadFact,
  type LeadSource,
  localDateOf,
  MINUTE_MS,
  type Quarter,
  quarterRange,
} from '@zhidu/domain'
import { createRandom, type Random, sampleCategory, sampleChance, sampleInteger, sampleItem } from '@zhidu/statistics'
import { sampleDay, sampleInstantOf } from '../event/clock.ts'
import type { CityEvent } from './events.ts'
import type { UnitProfile } from './profile.ts'

const SOURCE_WEIGHTS: Readonly<Record<LeadSource, number>> = {
  hotline: 30,
  website: 26,
  media: 16,
  informant: 12,
  department: 10,
  superior: 6,
}
const SOURCE_WORDS: Readonly<Record<LeadSource, string>> = {
  hotline: '市民来电反映',
  website: '网民发帖称',
  media: '本地媒体报道',
  informant: '信息员报来',
  department: '部门通报',
  superior: '上级来电询问',
}
const HAPPENED: Readonly<Record<Category, readonly string[]>> = {
  natural_disaster: ['山体小范围滑坡，道路受阻', '强降雨后多处积水，车辆被淹', '雷击引发山火，正在扑救'],
  accident: ['货车与客车相撞，有人受伤', '厂房起火，浓烟较大', '工地边坡坍塌，疑有人被困', '渔船碰撞进水'],
  public_health: ['多名学生呕吐腹泻，已送医', '集体聚餐后多人不适', '水质异味，居民停用自来水'],
  social_security: ['多人聚集反映欠薪', '市场内发生斗殴，有人受伤', '数十人到门口上访'],
}
/** Invented places of the invented city. */
const PLACES = [
  '青石镇',
  '河口街道',
  '松岗镇',
  '东浦街道',
  '白沙镇',
  '石桥镇',
  '南塘街道',
  '云溪镇',
  '渡头镇',
  '新圩镇',
]

/** How many events are also seen outside, and how many things seen outside in a quarter were reported by nobody. */
const SEEN_SHARE = 0.012
const SEEN_ONLY_OUTSIDE = 3

function makeLead(
  random: Random,
  leadCode: string,
  seenAt: number,
  about: { readonly category: Category; readonly unit: UnitProfile },
): LeadFact {
  const source = sampleCategory(random, SOURCE_WEIGHTS)
  const place = `${about.unit.tier === 'county' ? about.unit.name : ''}${sampleItem(random, PLACES)}`
  const happened = sampleItem(random, HAPPENED[about.category])
  const isCounted = sampleChance(random, 0.25)
  return {
    leadCode,
    source,
    seenAt,
    occurredAt: null,
    place,
    unitCode: about.unit.unitCode,
    category: about.category,
    summary: `${SOURCE_WORDS[source]}：${place}${happened}`,
    deaths: isCounted ? 0 : null,
    injuries: isCounted ? sampleInteger(random, 1, 6) : null,
  }
}

/** What was seen outside about an event; null for nearly all. An omitted one always is: that is how it came out. */
export function makeEventLead(seed: string, event: CityEvent, unit: UnitProfile, isOmitted: boolean): LeadFact | null {
  const random = createRandom(`${seed}/lead/${event.eventCode}`)
  if (!isOmitted && !sampleChance(random, SEEN_SHARE)) return null
  const after = isOmitted ? sampleInteger(random, 4 * 60, 60 * 60) : sampleInteger(random, 10, 300)
  const seenAt = event.occurredAt + after * MINUTE_MS
  const lead = makeLead(random, event.eventCode.replace('SJ', 'XS'), seenAt, { category: event.category, unit })
  return {
    ...lead,
    occurredAt: sampleChance(random, 0.6) ? event.occurredAt - (event.occurredAt % (HOUR_MS / 2)) : null,
  }
}

/** Things seen outside that no unit reported, of the places of a quarter; numbers from 90 keep clear of the events'. */
export function makeOutsideLeads(seed: string, quarter: Quarter, counties: readonly UnitProfile[]): LeadFact[] {
  const { firstOn, from, to } = quarterRange(quarter)
  return Array.from({ length: SEEN_ONLY_OUTSIDE }, (_, index) => {
    const random = createRandom(`${seed}/${quarter}/outside/${index}`)
    const seenAt = sampleInstantOf(random, sampleDay(random, firstOn, Math.round((to - from) / (24 * HOUR_MS))))
    const unit = sampleItem(random, counties)
    const category = sampleCategory<Category>(random, unit.categories)
    const date = localDateOf(seenAt)
    return makeLead(random, `XS-${date.slice(0, 4)}-${date.slice(5, 7)}${date.slice(8)}-${91 + index}`, seenAt, {
      category,
      unit,
    })
  })
}
