import type { Category, DutyMode, Tier, UnitPeriod } from '@zhidu/domain'

/** What a unit is like by nature; `truthOf` lets it drift from quarter to quarter. Shares are probabilities. */
export interface UnitProfile {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string
  readonly tier: Tier
  readonly peerGroup: string
  readonly dutyMode: DutyMode
  /** Mean number of events in a quarter; 0 = a unit that has none and is not checked. */
  readonly eventsPerQuarter: number
  /** Share of first reports on time. */
  readonly onTime: number
  /** Share of written events with at least one element still missing after a day. */
  readonly incomplete: number
  /** Share of checks passed. */
  readonly checkPassed: number
  readonly checksPerQuarter: readonly [min: number, max: number]
  readonly categories: Readonly<Partial<Record<Category, number>>>
}

export const CITY_CODE = 'S00'
export const CITY_GROUP = '本级'
export const COUNTY_GROUP = '县区组'
export const BUREAU_GROUP = '市直组'

const MIXED = { natural_disaster: 20, accident: 45, public_health: 12, social_security: 23 }
const ACCIDENTS = { accident: 85, natural_disaster: 5, social_security: 10 }
const WEATHER = { natural_disaster: 90, accident: 10 }
const HEALTH = { public_health: 92, accident: 8 }
const ORDER = { social_security: 70, accident: 30 }

type Kind = Readonly<Partial<Record<Category, number>>>
type Row = readonly [
  name: string,
  shortName: string,
  dutyMode: DutyMode,
  eventsPerQuarter: number,
  onTime: number,
  incomplete: number,
  checkPassed: number,
  categories: Kind,
]

/** In the official order. */
const COUNTIES: readonly Row[] = [
  ['安东区', '安东', 'room', 60, 0.92, 0.06, 0.76, MIXED],
  ['安西区', '安西', 'room', 50, 0.955, 0.035, 0.85, MIXED],
  ['棠海市', '棠海', 'room', 62, 0.81, 0.1, 0.58, MIXED],
  ['岭北县', '岭北', 'room', 40, 0.86, 0.085, 0.68, MIXED],
  ['锦溪县', '锦溪', 'room', 38, 0.975, 0.04, 0.85, MIXED],
]

/** In the official order. The four with no events (财政、审计、统计、供销) have nothing to report and are not checked. */
const BUREAUS: readonly Row[] = [
  ['市发展改革局', '发改局', 'room', 6, 0.93, 0.12, 0.9, ACCIDENTS],
  ['市教育局', '教育局', 'room', 21, 0.92, 0.08, 0.7, { public_health: 45, accident: 40, social_security: 15 }],
  ['市科技局', '科技局', 'phone', 3, 0.96, 0.2, 0.9, ACCIDENTS],
  ['市工业和信息化局', '工信局', 'phone', 9, 0.82, 0.14, 0.64, ACCIDENTS],
  ['市民族宗教局', '民宗局', 'phone', 4, 0.95, 0.08, 0.6, ORDER],
  ['市公安局', '公安局', 'room', 33, 0.94, 0.04, 0.78, ORDER],
  ['市民政局', '民政局', 'phone', 8, 0.91, 0.18, 0.66, { accident: 50, public_health: 30, social_security: 20 }],
  ['市司法局', '司法局', 'phone', 4, 0.88, 0.08, 0.66, ORDER],
  ['市财政局', '财政局', 'phone', 0, 0.95, 0.1, 0.85, MIXED],
  ['市人力资源社会保障局', '人社局', 'phone', 7, 0.78, 0.13, 0.7, ORDER],
  ['市自然资源局', '自然资源局', 'room', 12, 0.9, 0.08, 0.74, { natural_disaster: 75, accident: 25 }],
  ['市生态环境局', '生态环境局', 'room', 15, 0.985, 0.05, 0.93, { accident: 90, public_health: 10 }],
  ['市住房城乡建设局', '住建局', 'room', 25, 0.86, 0.07, 0.66, ACCIDENTS],
  ['市城市管理执法局', '城管执法局', 'room', 24, 0.95, 0.05, 0.88, { accident: 60, social_security: 40 }],
  ['市交通运输局', '交通局', 'room', 26, 0.965, 0.06, 0.88, ACCIDENTS],
  ['市水利局', '水利局', 'room', 22, 0.955, 0.07, 0.9, WEATHER],
  [
    '市农业农村局',
    '农业农村局',
    'room',
    14,
    0.93,
    0.12,
    0.76,
    { natural_disaster: 55, public_health: 30, accident: 15 },
  ],
  ['市林业局', '林业局', 'room', 9, 0.9, 0.22, 0.78, WEATHER],
  ['市商务局', '商务局', 'phone', 6, 0.89, 0.07, 0.64, ACCIDENTS],
  ['市文化广电旅游体育局', '文广旅体局', 'phone', 15, 0.72, 0.22, 0.6, ACCIDENTS],
  ['市卫生健康局', '卫健局', 'room', 21, 0.87, 0.08, 0.68, HEALTH],
  ['市退役军人事务局', '退役军人局', 'phone', 4, 0.96, 0.25, 0.88, ORDER],
  ['市应急管理局', '应急局', 'room', 33, 0.985, 0.015, 0.86, { accident: 60, natural_disaster: 40 }],
  ['市审计局', '审计局', 'phone', 0, 0.95, 0.1, 0.85, MIXED],
  ['市国资委', '国资委', 'phone', 5, 0.62, 0.25, 0.55, ACCIDENTS],
  ['市市场监管局', '市监局', 'room', 18, 0.84, 0.11, 0.68, { public_health: 55, accident: 45 }],
  ['市统计局', '统计局', 'phone', 0, 0.95, 0.1, 0.85, MIXED],
  ['市医疗保障局', '医保局', 'phone', 3, 0.96, 0.2, 0.64, HEALTH],
  ['市信访局', '信访局', 'room', 10, 0.84, 0.12, 0.62, { social_security: 100 }],
  ['市政务和数据局', '政务数据局', 'phone', 5, 0.88, 0.1, 0.9, { accident: 70, social_security: 30 }],
  ['市机关事务管理局', '机关事务局', 'phone', 4, 0.7, 0.2, 0.5, ACCIDENTS],
  ['市公路事务中心', '公路中心', 'room', 15, 0.92, 0.05, 0.8, { accident: 65, natural_disaster: 35 }],
  ['市供销社', '供销社', 'phone', 0, 0.95, 0.1, 0.85, MIXED],
  ['市气象局', '气象局', 'room', 15, 0.9, 0.14, 0.9, WEATHER],
  ['市消防救援支队', '消防支队', 'room', 34, 0.975, 0.035, 0.93, ACCIDENTS],
]

function toProfile(row: Row, unitCode: string, tier: Tier, peerGroup: string): UnitProfile {
  const [name, shortName, dutyMode, eventsPerQuarter, onTime, incomplete, checkPassed, categories] = row
  const checksPerQuarter: readonly [number, number] =
    eventsPerQuarter === 0 ? [0, 0] : eventsPerQuarter < 8 ? [2, 4] : eventsPerQuarter < 30 ? [3, 5] : [4, 6]
  const nature = { eventsPerQuarter, onTime, incomplete, checkPassed, checksPerQuarter, categories }
  return { unitCode, name, shortName, tier, peerGroup, dutyMode, ...nature }
}

const twoDigits = (index: number): string => String(index + 1).padStart(2, '0')

/** 岭安市 (invented): its own office, 5 counties and districts, 35 bureaus, in the official order. */
export const CITY_PROFILES: readonly UnitProfile[] = [
  toProfile(['岭安市人民政府办公室', '市府办', 'room', 5, 0.97, 0.06, 0.92, MIXED], CITY_CODE, 'city', CITY_GROUP),
  ...COUNTIES.map((row, index) => toProfile(row, `C${twoDigits(index)}`, 'county', COUNTY_GROUP)),
  ...BUREAUS.map((row, index) => toProfile(row, `D${twoDigits(index)}`, 'city', BUREAU_GROUP)),
]

/** What the units were called and how they kept duty before; newest first, each until the date of the next newer. */
const EARLIER: Readonly<
  Record<string, Partial<Pick<UnitPeriod, 'name' | 'shortName' | 'dutyMode'>> & { until: string }>
> = {
  D18: { until: '2026-06-01', dutyMode: 'phone' },
  D30: { until: '2026-03-01', name: '市政务服务数据管理局', shortName: '政数局' },
}

/** The rows of the units file, in the official order. */
export function toUnitPeriods(profiles: readonly UnitProfile[]): UnitPeriod[] {
  return profiles.flatMap((profile): UnitPeriod[] => {
    const { dutyMode, name, peerGroup, shortName, tier, unitCode } = profile
    const parentCode = unitCode === CITY_CODE ? null : CITY_CODE
    const now = { unitCode, name, shortName, parentCode, tier, peerGroup, dutyMode, validFrom: null, validTo: null }
    const earlier = EARLIER[unitCode]
    if (earlier === undefined) return [now]
    const { until, ...before } = earlier
    const changedOn = until as UnitPeriod['validTo']
    return [
      { ...now, ...before, validTo: changedOn },
      { ...now, validFrom: changedOn },
    ]
  })
}

/** How a unit keeps duty on a day. */
export function dutyModeOn(profile: UnitProfile, date: string): DutyMode {
  const earlier = EARLIER[profile.unitCode]
  return earlier?.dutyMode !== undefined && date < earlier.until ? earlier.dutyMode : profile.dutyMode
}
