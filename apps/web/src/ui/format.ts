import { isQuarter, LOCAL_OFFSET_MS, type Ratio, ratioValue } from '@zhidu/domain'

/** The minus of figures; a hyphen is shorter and sits lower. */
export const MINUS = '\u2212'
export const NOTHING = '\u2014'

export interface FormatContext {
  /** `zh-CN` or `en`, read at every call so that a switch of language shows at once. */
  readonly locale: () => string
  readonly t: (key: string, params?: Record<string, unknown>) => string
}

export type Format = ReturnType<typeof createFormat>

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** At least one decimal, two only when they say something: 87.5, 99.0, 93.25. */
function withDecimals(value: number): string {
  const hundredths = Math.round(Math.abs(value) * 100)
  return hundredths % 10 === 0 ? (hundredths / 100).toFixed(1) : (hundredths / 100).toFixed(2)
}

function signOf(value: number): string {
  const hundredths = Math.round(value * 100)
  return hundredths < 0 ? MINUS : hundredths > 0 ? '+' : ''
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

interface LocalParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly clock: string
  readonly seconds: string
}

/** Local time (UTC+08:00) of an instant: epoch ms or ISO text. */
function localParts(instant: number | string): LocalParts {
  const at = typeof instant === 'number' ? instant : Date.parse(instant)
  const local = new Date(at + LOCAL_OFFSET_MS)
  const seconds = local.getUTCSeconds()
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    clock: `${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`,
    seconds: seconds === 0 ? '' : `:${pad(seconds)}`,
  }
}

/** Every figure and instant on screen is written here, for both languages. */
export function createFormat({ locale, t }: FormatContext) {
  const isChinese = (): boolean => locale() !== 'en'

  /** 87.5 */
  function score(value: number): string {
    return `${value < 0 ? signOf(value) : ''}${withDecimals(value)}`
  }

  /** 87 and .5, for a smaller decimal. */
  function scoreParts(value: number): { readonly whole: string; readonly decimal: string } {
    const text = score(value)
    const dot = text.indexOf('.')
    return { whole: text.slice(0, dot), decimal: text.slice(dot) }
  }

  /** A change of points: −3.0, +1.0, 0. */
  function signed(value: number): string {
    const sign = signOf(value)
    return sign === '' ? '0' : `${sign}${withDecimals(value)}`
  }

  /** Points lost, given as ≥ 0: −3.0, 0. */
  function lost(points: number): string {
    return signed(-points)
  }

  /** A bonus beside a bar: +1, +0.5. */
  function bonus(points: number): string {
    return `+${String(Math.round(points * 100) / 100)}`
  }

  /** 1,234 */
  function count(value: number): string {
    return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
  }

  /** 22/26; `—` when nothing was owed. */
  function counts(ratio: Ratio): string {
    return ratio.whole === 0 ? NOTHING : `${ratio.part}/${ratio.whole}`
  }

  /** 84.6%; `—` when nothing was owed. 100.0% and 0.0% only when they are exact. */
  function percent(ratio: Ratio): string {
    const value = ratioValue(ratio)
    if (value === null) return NOTHING
    const rounded = Math.round(value * 1000) / 10
    if (rounded === 100 && ratio.part < ratio.whole) return '99.9%'
    if (rounded === 0 && ratio.part > 0) return '0.1%'
    return `${rounded.toFixed(1)}%`
  }

  /** 22/26 84.6%; 无应报 when nothing was owed. */
  function rate(ratio: Ratio): string {
    return ratio.whole === 0 ? t('format.nothingOwed') : `${counts(ratio)} ${percent(ratio)}`
  }

  /** Difference of two percentages: +1.8 点 */
  function percentPoints(value: number): string {
    const tenths = Math.round(Math.abs(value) * 10)
    const sign = tenths === 0 ? '' : value < 0 ? MINUS : '+'
    return t('format.percentPoints', { value: `${sign}${(tenths / 10).toFixed(1)}` })
  }

  /** 2026-08-17 14:05, with seconds when there are any: for tables and file names. */
  function instant(at: number | string): string {
    const { year, month, day, clock, seconds } = localParts(at)
    return `${year}-${pad(month)}-${pad(day)} ${clock}${seconds}`
  }

  /** 2026-08-17 14:05, to the minute: for “as of now”, where the second says nothing. */
  function minute(at: number | string): string {
    return instant(at).slice(0, 16)
  }

  /** 14:05, with seconds when there are any. */
  function clock(at: number | string): string {
    const parts = localParts(at)
    return `${parts.clock}${parts.seconds}`
  }

  /** 8月17日 14:05, for sentences. */
  function dayClock(at: number | string): string {
    const { month, day, clock: time, seconds } = localParts(at)
    return t('format.dayClock', { day: dayOf(month, day), time: `${time}${seconds}` })
  }

  function dayOf(month: number, day: number): string {
    return isChinese() ? t('format.day', { month, day }) : t('format.day', { month: t(`format.month.${month}`), day })
  }

  /** 8月17日 from a calendar date 2026-08-17. */
  function date(plainDate: string): string {
    return dayOf(Number(plainDate.slice(5, 7)), Number(plainDate.slice(8, 10)))
  }

  /** 2026年8月17日 */
  function longDate(plainDate: string): string {
    return t('format.longDate', { year: plainDate.slice(0, 4), date: date(plainDate) })
  }

  /** 17 分, 2 小时 31 分, 1 天 3 小时, 45 秒: exact to the second, nothing rounded away. */
  function duration(seconds: number): string {
    const total = Math.max(0, Math.round(seconds))
    if (total === 0) return t('format.seconds', { n: 0 })
    const parts: readonly (readonly [string, number])[] = [
      ['days', Math.floor(total / DAY)],
      ['hours', Math.floor((total % DAY) / HOUR)],
      ['minutes', Math.floor((total % HOUR) / MINUTE)],
      ['seconds', total % MINUTE],
    ]
    return parts
      .filter(([, n]) => n > 0)
      .map(([unit, n]) => t(`format.${unit}`, { n }))
      .join(' ')
  }

  /** 迟报 17 分 */
  function late(seconds: number): string {
    return t('format.late', { duration: duration(seconds) })
  }

  /** 2026年第三季度 */
  function quarter(code: string): string {
    if (!isQuarter(code)) return code
    return t('format.quarter', { year: code.slice(0, 4), name: quarterName(code) })
  }

  /** 第三季度 */
  function quarterName(code: string): string {
    return t(`format.quarterName.${code.slice(5)}`)
  }

  /** 第 27 名; 并列第 12 名 */
  function rank(value: number, isTied = false): string {
    return t(isTied ? 'format.tiedRank' : 'format.rank', { rank: value })
  }

  /** 市科技局、市水利局 */
  function list(items: readonly string[]): string {
    return items.join(t('format.listSeparator'))
  }

  /** 4.1 MB */
  function bytes(value: number): string {
    if (value < 1000) return `${value} B`
    const [size, unit] = value < 1e6 ? [value / 1e3, 'kB'] : value < 1e9 ? [value / 1e6, 'MB'] : [value / 1e9, 'GB']
    return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ${unit}`
  }

  return {
    score,
    scoreParts,
    signed,
    lost,
    bonus,
    count,
    counts,
    percent,
    rate,
    percentPoints,
    instant,
    minute,
    clock,
    dayClock,
    date,
    longDate,
    duration,
    late,
    quarter,
    quarterName,
    rank,
    list,
    bytes,
  }
}
