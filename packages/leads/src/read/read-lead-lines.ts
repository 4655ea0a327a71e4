import {
  addDays,
  type Category,
  HOUR_MS,
  localDateOf,
  MINUTE_MS,
  type PlainDate,
  startOfLocalDay,
  toPlainDate,
} from '@zhidu/domain'
import type { Gazetteer } from '../place/gazetteer.ts'

/** What a line of pasted text says, as far as rules can read it; a person looks before anything is kept. */
export interface ReadLead {
  readonly text: string
  /** Epoch ms. */
  readonly occurredAt: number | null
  /** As it stands in the text. */
  readonly place: string | null
  readonly unitCode: string | null
  readonly category: Category | null
  readonly deaths: number | null
  readonly injuries: number | null
}

const BULLET = /^\s*(?:[-*•·]|[（(]?\d{1,3}[)）.、．])\s*/

const DIGITS = '零一二三四五六七八九'
const DOZENS = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/

/** 12, 十二, 两, 二十; null = no number. */
function toNumber(text: string): number | null {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  if (text === '两') return 2
  const dozens = DOZENS.exec(text)
  if (dozens !== null) {
    const [, tens = '一', ones = '零'] = dozens
    return DIGITS.indexOf(tens) * 10 + DIGITS.indexOf(ones)
  }
  const digit = text.length === 1 ? DIGITS.indexOf(text) : -1
  return digit < 0 ? null : digit
}

const N = '(\\d{1,6}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])'
const PERSONS = '(?:余|多)?(?:人|名|位)[^，。；、\\d]{0,4}?'
const DEATHS = [
  new RegExp(`${N}${PERSONS}(?:死亡|遇难|身亡|溺亡)`),
  new RegExp(`(?:死亡|遇难|身亡)(?:人数)?${N}(?:人|名|位)?`),
  new RegExp(`${N}死`),
]
const INJURIES = [
  new RegExp(`${N}${PERSONS}(?:受伤|轻伤|重伤|送医|就诊)`),
  new RegExp(`(?:受伤|轻伤|重伤)(?:人数)?${N}(?:人|名|位)?`),
  new RegExp(`${N}伤`),
]
const NOBODY = /(?:无|没有|未造成|暂无)(?:人员)?伤亡/

function findNumber(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const found = toNumber(pattern.exec(text)?.[1] ?? '')
    if (found !== null) return found
  }
  return NOBODY.test(text) ? 0 : null
}

/** In this order: a fire in a forest is one of nature. */
const CLASSES: readonly (readonly [Category, RegExp])[] = [
  ['public_health', /中毒|呕吐|腹泻|疫情|传染|食物|水质|异味|猪瘟|禽流感|不明原因/],
  ['natural_disaster', /滑坡|泥石流|洪水|内涝|积水|暴雨|强降雨|台风|大风|雷击|地震|山火|森林火|林地|管涌|干旱|冰雹/],
  ['social_security', /聚集|讨薪|欠薪|斗殴|打架|上访|停运|持刀|伤人|维权|恐怖/],
  ['accident', /火灾|起火|着火|相撞|追尾|车祸|翻车|侧翻|坍塌|塌方|爆炸|泄漏|倾覆|沉船|溺水|触电|坠落|事故/],
]

const FULL = /(?:(\d{4})\s*[年\-/.])?\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?/
const DAY_ONLY = /(?<!\d)(\d{1,2})日/
const NEAR: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今晨: 0,
  今早: 0,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  前天: -2,
}
const NEAR_DAY = /今天|今日|今晨|今早|昨天|昨日|昨晚|前天/
const CLOCK =
  /(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|夜里|夜间)?\s*(\d{1,2})\s*(?:[:：](\d{2})|[时点](?:\s*(半)|\s*(\d{1,2})\s*分)?)/
const AFTERNOON = /下午|傍晚|晚/

function toDate(year: number, month: number, day: number): PlainDate | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  try {
    return toPlainDate(text)
  } catch {
    return null
  }
}

/** The day a text names; without a year or a month the last such day that is not to come. */
function findDay(text: string, today: PlainDate): PlainDate | null {
  const near = NEAR_DAY.exec(text)?.[0]
  if (near !== undefined) return addDays(today, NEAR[near] ?? 0)
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const full = FULL.exec(text)
  if (full !== null) {
    const [, ofYear, ofMonth, ofDay] = full
    if (ofYear !== undefined) return toDate(Number(ofYear), Number(ofMonth), Number(ofDay))
    const own = toDate(year, Number(ofMonth), Number(ofDay))
    return own !== null && own <= today ? own : toDate(year - 1, Number(ofMonth), Number(ofDay))
  }
  const day = DAY_ONLY.exec(text)?.[1]
  if (day === undefined) return null
  const own = toDate(year, month, Number(day))
  if (own !== null && own <= today) return own
  return month === 1 ? toDate(year - 1, 12, Number(day)) : toDate(year, month - 1, Number(day))
}

function findTime(text: string, now: number): number | null {
  const day = findDay(text, localDateOf(now))
  const clock = CLOCK.exec(text)
  if (day === null || clock === null) return null
  const [, part = '', hour = '', minutes, half, spoken] = clock
  const said = Number(hour)
  const hours = said < 12 && AFTERNOON.test(part) ? said + 12 : said
  const past = half === undefined ? Number(minutes ?? spoken ?? 0) : 30
  if (hours > 24 || past > 59) return null
  const at = startOfLocalDay(day) + hours * HOUR_MS + past * MINUTE_MS
  return at <= now ? at : null
}

/** What a place not in the gazetteer is written after. */
const SPOT = /(?:在|位于)([^，。；,\s]{2,20}?)(?:发生|一带|附近|路段|处|，|,|。)/

function findPlace(
  text: string,
  gazetteer: Gazetteer,
): { readonly place: string | null; readonly unitCode: string | null } {
  const { areas, places } = gazetteer.find(text)
  const [unitCode = null] = areas
  const named = places.length > 0 ? places.join('、') : (SPOT.exec(text)?.[1] ?? null)
  return { place: named, unitCode: areas.length === 1 ? unitCode : null }
}

/** One text; `now`: epoch ms, nothing is read as later than it. */
export function readLead(text: string, gazetteer: Gazetteer, now: number): ReadLead {
  return {
    text,
    occurredAt: findTime(text, now),
    ...findPlace(text, gazetteer),
    category: CLASSES.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
    deaths: findNumber(text, DEATHS),
    injuries: findNumber(text, INJURIES),
  }
}

/** A lead for each line that says something; numbers and bullets before it are left out. */
export function readLeadLines(text: string, gazetteer: Gazetteer, now: number): ReadLead[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(BULLET, '').trim())
    .filter((line) => line.length > 1)
    .map((line) => readLead(line, gazetteer, now))
}
