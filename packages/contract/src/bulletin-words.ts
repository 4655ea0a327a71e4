import { type BulletinRun, type Figure, type GroupStanding, type Quarter, type Ratio, roundPoints } from '@zhidu/domain'
import { writeStandingHeadline } from './standing-words.ts'

const CHINESE_NUMBERS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const

/** 1 to 99 as ordinals of headings: 十二. */
export function writeChineseNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  if (tens === 0) return CHINESE_NUMBERS[ones] ?? ''
  const head = tens === 1 ? '十' : `${CHINESE_NUMBERS[tens] ?? ''}十`
  return ones === 0 ? head : `${head}${CHINESE_NUMBERS[ones] ?? ''}`
}

/** 2026年第三季度 */
export function writeQuarter(quarter: Quarter): string {
  return `${quarter.slice(0, 4)}年第${writeChineseNumber(Number(quarter.slice(5)))}季度`
}

/** Tenths of a percent, halves upwards, of whole numbers alone: nothing is rounded twice. */
function tenthsOf({ part, whole }: Ratio): number {
  return Math.floor((2_000 * part + whole) / (2 * whole))
}

function writeTenths(tenths: number): string {
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

function writeChange(now: Ratio, before: Ratio, isSure: boolean): string {
  const tenths = Math.round(((now.part * before.whole - before.part * now.whole) * 1_000) / (now.whole * before.whole))
  if (tenths === 0) return '与上季度持平'
  const direction = tenths > 0 ? '上升' : '下降'
  const sure = isSure ? '差别显著' : '差别不显著'
  return `较上季度${direction}${writeTenths(Math.abs(tenths))}个百分点，${sure}`
}

/** On paper no space stands between Chinese and figures. */
function writeStanding({ first, headline, last, measuredCount }: GroupStanding): string {
  const sentence = writeStandingHeadline(headline, measuredCount, { first, last }, 'zh-CN')
  return sentence.replace(/([\u3000-\u9fff\uff00-\uffef]) +/g, '$1').replace(/ +([\u3000-\u9fff\uff00-\uffef])/g, '$1')
}

/** The one way in which a figure of a bulletin is written: in the draft, in the check, in Word. */
export function writeFigure(figure: Figure): string {
  switch (figure.kind) {
    case 'count':
      return String(figure.value)
    case 'share':
      return `${writeTenths(tenthsOf(figure.ratio))}%`
    case 'points': {
      const points = roundPoints(figure.value / 100)
      return Number.isInteger(points) ? points.toFixed(1) : String(points)
    }
    case 'change':
      return writeChange(figure.now, figure.before, figure.isSure)
    case 'standing':
      return writeStanding(figure.standing)
  }
}

/** How many characters of a point are its heading: up to its first full stop; 0 = it has none. */
export function pointHeadLength(runs: readonly BulletinRun[]): number {
  return (
    runs
      .map(({ text }) => text)
      .join('')
      .indexOf('。') + 1
  )
}
