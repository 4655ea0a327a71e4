import {
  ADOPTION_USES,
  BONUS_KINDS,
  type DeductionShape,
  listProvisions,
  phoneSettingsOf,
  type Provision,
  type ProvisionValues,
  REGULATION_PARTS,
  type Regulation,
  type RegulationPart,
  titlesOf,
} from '@zhidu/domain'
import {
  ADOPTION_USE_WORDS,
  BONUS_KIND_WORDS,
  DUTY_MODE_WORDS,
  ELEMENT_WORDS,
  FILING_FORM_WORDS,
  type Language,
  LEVEL_WORDS,
  MISREPORT_KIND_WORDS,
  STAGE_WORDS,
} from './kinds-words.ts'
import {
  clauseLabel,
  deductionName,
  dimensionName,
  GRADE_WORDS,
  joinWords,
  listOf,
  pointsText,
  REGULATION_PART_WORDS,
  scopeText,
  spanText,
  timeOfDayText,
} from './regulation-words.ts'

/** A provision in plain words. */
export interface ProvisionText {
  /** What it is about. */
  readonly subject: string
  /** What it says. */
  readonly text: string
}

type Describe<Part extends RegulationPart> = (
  value: ProvisionValues[Part],
  regulation: Regulation,
  l: Language,
) => ProvisionText

/** Chinese or English, as asked. */
function say(l: Language, chinese: string, english: string): string {
  return l === 'zh-CN' ? chinese : english
}

function withScope(subject: string, scope: string, l: Language): string {
  return scope === '' ? subject : say(l, `${subject}（${scope}）`, `${subject} (${scope})`)
}

/** What a fault costs. */
export function shapeText(shape: DeductionShape, l: Language): string {
  const most =
    'max' in shape && shape.max !== null
      ? say(l, `，最多 ${pointsText(shape.max)} 分`, `, at most ${pointsText(shape.max)}`)
      : ''
  switch (shape.kind) {
    case 'fixed':
      return say(l, `每次扣 ${pointsText(shape.points)} 分`, `${pointsText(shape.points)} each time`)
    case 'per_item': {
      const missing =
        shape.whenMissing > 0
          ? say(
              l,
              `；整件未报扣 ${pointsText(shape.whenMissing)} 分`,
              `; ${pointsText(shape.whenMissing)} when never reported`,
            )
          : ''
      return `${say(l, `每项扣 ${pointsText(shape.points)} 分`, `${pointsText(shape.points)} per item`)}${most}${missing}`
    }
    case 'per_started_hour':
      return `${say(l, `每逾 1 小时（不足 1 小时按 1 小时）扣 ${pointsText(shape.points)} 分`, `${pointsText(shape.points)} per started hour`)}${most}`
    case 'percent_of_item':
      return say(l, `扣本条信息得分的 ${shape.percent}%`, `${shape.percent}% of what the item scored`)
    case 'zero_month':
      return say(l, '当月计零分', 'the month scores nothing')
  }
}

const DESCRIBE: { readonly [Part in RegulationPart]: Describe<Part> } = {
  basics: ({ notice, period, source, title }, _, l) => ({
    subject: title,
    text: [
      source.issuer,
      source.document,
      ...(source.note === null ? [] : [source.note]),
      say(
        l,
        period === 'month' ? '按月计分，季度取各月平均' : '按季度计分',
        period === 'month' ? 'scored by month, the quarter is their mean' : 'scored by quarter',
      ),
      ...(notice === null ? [] : [notice]),
    ].join(l === 'zh-CN' ? '；' : '; '),
  }),
  clauses: ({ citation, label }) => ({ subject: label, text: citation }),
  clocks: ({ level, startsAt }, _, l) => ({
    subject: LEVEL_WORDS[level][l],
    text:
      startsAt === 'occurred_at'
        ? say(l, '从事发时间起算', 'from when it occurred')
        : say(l, '从获悉时间起算', 'from when the unit learned of it'),
  }),
  deadlines: (rule, _, l) => ({
    subject: withScope(
      `${STAGE_WORDS[rule.stage][l]}${say(l, rule.channel === 'phone' ? '电话报告' : '书面报告', rule.channel === 'phone' ? ' by phone' : ' in writing')}`,
      scopeText(rule, l),
      l,
    ),
    text: say(
      l,
      `${spanText(rule.limitSeconds, l)}内${rule.stage === 'final' ? '（自书面首报起）' : ''}`,
      `within ${spanText(rule.limitSeconds, l)}${rule.stage === 'final' ? ' of the written first report' : ''}`,
    ),
  }),
  preReport: ({ extendsSeconds }, _, l) => ({
    subject: REGULATION_PART_WORDS.preReport[l],
    text: say(
      l,
      `时限内说明原因先行预报的，书面首报时限延长 ${spanText(extendsSeconds, l)}`,
      `sent in time and with reasons, it moves the limit of the first report by ${spanText(extendsSeconds, l)}`,
    ),
  }),
  followUps: ({ schedule, ...rule }, _, l) => ({
    subject: withScope(STAGE_WORDS.follow_up[l], scopeText(rule, l), l),
    text:
      schedule.kind === 'every_hours'
        ? say(l, `首报后每 ${schedule.hours} 小时续报一次`, `every ${schedule.hours} hours after the first report`)
        : say(
            l,
            `每天 ${joinWords(schedule.minutes.map(timeOfDayText), l)} 前各续报一次，首报 ${spanText(schedule.graceSeconds, l)}后开始`,
            `daily by ${joinWords(schedule.minutes.map(timeOfDayText), l)}, from ${spanText(schedule.graceSeconds, l)} after the first report on`,
          ),
  }),
  completeness: ({ required, supplementSeconds, ...rule }, _, l) => ({
    subject: withScope(
      say(l, `${STAGE_WORDS[rule.stage][l]}要素`, `Elements, ${STAGE_WORDS[rule.stage][l]}`),
      scopeText(rule, l),
      l,
    ),
    text: say(
      l,
      `${required.length} 项：${listOf(required, ELEMENT_WORDS, l)}；报后 ${spanText(supplementSeconds, l)}内补齐的算齐全`,
      `${required.length}: ${listOf(required, ELEMENT_WORDS, l)}; those given within ${spanText(supplementSeconds, l)} after it count`,
    ),
  }),
  dimensions: ({ base, cap, dimension, floor, title, weight }, _, l) => ({
    subject: title ?? dimensionName(dimension, undefined, l),
    text:
      base === 0
        ? say(l, '不设', 'none')
        : [
            say(l, `基准 ${pointsText(base)} 分`, `base ${pointsText(base)}`),
            say(l, `最低 ${pointsText(floor)} 分`, `floor ${pointsText(floor)}`),
            say(l, `最高 ${pointsText(cap)} 分`, `cap ${pointsText(cap)}`),
            ...(weight === null ? [] : [say(l, `权重 ${pointsText(weight)}%`, `weight ${pointsText(weight)}%`)]),
          ].join(l === 'zh-CN' ? '，' : ', '),
  }),
  workload: ({ counts, fullAt, max }, _, l) => ({
    subject: say(
      l,
      counts === 'adoptions' ? '信息采用条数' : '书面首报件数',
      counts === 'adoptions' ? 'Items used' : 'First reports',
    ),
    text: say(
      l,
      `满 ${fullAt} 得 ${pointsText(max)} 分，不满按比例`,
      `${pointsText(max)} at ${fullAt}, in proportion below`,
    ),
  }),
  items: ({ points }, _, l) => ({
    subject: say(l, '每条信息按采用计分，得分为每条平均', 'Each item scores by its use; the score is the average'),
    text: joinWords(
      ADOPTION_USES.map((use) => `${ADOPTION_USE_WORDS[use][l]} ${pointsText(points[use])}`),
      l,
    ),
  }),
  deductions: (rule, { dimensions }, l) => {
    const modes = rule.dutyModes === null ? [] : [listOf(rule.dutyModes, DUTY_MODE_WORDS, l)]
    const scope = [scopeText(rule, l), ...modes].filter((part) => part !== '').join(l === 'zh-CN' ? '，' : '; ')
    const dimension = dimensionName(rule.dimension, titlesOf(dimensions), l)
    return {
      subject: withScope(deductionName(rule.code, l), scope, l),
      text: say(
        l,
        `${shapeText(rule.shape, l)}，计入“${dimension}”`,
        `${shapeText(rule.shape, l)}; under ${dimension}`,
      ),
    }
  },
  absorbingMisreports: (kinds, _, l) => ({
    subject: REGULATION_PART_WORDS.absorbingMisreports[l],
    text:
      kinds.length === 0
        ? say(l, '失实漏报与该事件的其他扣分分别计算', 'misreports are deducted beside what their event costs')
        : say(
            l,
            `认定${listOf(kinds, MISREPORT_KIND_WORDS, l)}的事件，不再扣及时、完整的分`,
            `an event that was ${listOf(kinds, MISREPORT_KIND_WORDS, l)} is not deducted for time and elements as well`,
          ),
  }),
  understatement: ({ correctedWithinHours, persons, shortPercent }, _, l) => ({
    subject: REGULATION_PART_WORDS.understatement[l],
    text: say(
      l,
      `首次数字比查实数字少不超过 ${persons} 人或 ${shortPercent}%（取大）的，不算轻报${correctedWithinHours === 0 ? '' : `；首报后 ${correctedWithinHours} 小时内更正的，不算轻报`}`,
      `a first figure short of the true one by at most ${persons} persons or ${shortPercent}%, whichever is more, is not understated${correctedWithinHours === 0 ? '' : `; nor is one corrected within ${correctedWithinHours} hours of the first report`}`,
    ),
  }),
  honestCorrection: ({ sharePercent, withinHours }, _, l) => ({
    subject: REGULATION_PART_WORDS.honestCorrection[l],
    text:
      sharePercent === 0
        ? say(
            l,
            `${withinHours} 小时内、上级获知前主动更正的，不扣分`,
            `put right by the unit within ${withinHours} hours and before its superior knew, it costs nothing`,
          )
        : say(
            l,
            `${withinHours} 小时内、上级获知前主动更正的，按 ${sharePercent}% 扣分`,
            `put right by the unit within ${withinHours} hours and before its superior knew, ${sharePercent}% of the points count`,
          ),
  }),
  lists: ({ minimumActivity }, _, l) => ({
    subject: REGULATION_PART_WORDS.lists[l],
    text: say(
      l,
      `应报事件和被抽查合计满 ${minimumActivity} 的，才按规则提名`,
      `named by rule only from ${minimumActivity} reports owed and checks together on`,
    ),
  }),
  dutyLog: ({ closeWithinHours, lateEntry, max, points }, _, l) => ({
    subject: REGULATION_PART_WORDS.dutyLog[l],
    text: [
      say(
        l,
        `记录后累计 ${closeWithinHours} 小时没有办结的，每件扣 ${pointsText(points)} 分`,
        `${pointsText(points)} for each item that has been open for more than ${closeWithinHours} hours together`,
      ),
      ...(lateEntry === null
        ? []
        : [
            say(
              l,
              `发生后超过 ${lateEntry.afterHours} 小时才补记的，每件扣 ${pointsText(lateEntry.points)} 分`,
              `${pointsText(lateEntry.points)} for each entry written more than ${lateEntry.afterHours} hours after what it tells`,
            ),
          ]),
      ...(max === null
        ? []
        : [say(l, `每期合计最多 ${pointsText(max)} 分`, `at most ${pointsText(max)} a period together`)]),
    ].join(l === 'zh-CN' ? '；' : '; '),
  }),
  bonus: ({ maxPerPeriod, perEvent, points }, _, l) => ({
    subject: REGULATION_PART_WORDS.bonus[l],
    text: [
      joinWords(
        BONUS_KINDS.map((kind) => `${BONUS_KIND_WORDS[kind][l]} +${pointsText(points[kind])}`),
        l,
      ),
      perEvent === 'highest'
        ? say(l, '同一事件只计最高一项', 'of one event the highest alone')
        : say(l, '同一事件可累计', 'of one event all'),
      ...(maxPerPeriod === null
        ? []
        : [say(l, `每期最多 ${pointsText(maxPerPeriod)} 分`, `at most ${pointsText(maxPerPeriod)} a period`)]),
    ].join(l === 'zh-CN' ? '；' : '; '),
  }),
  total: ({ cap, floor }, _, l) => {
    const bound = (value: number | null): string => (value === null ? say(l, '不限', 'none') : pointsText(value))
    return {
      subject: REGULATION_PART_WORDS.total[l],
      text: say(l, `最低 ${bound(floor)}，最高 ${bound(cap)}`, `floor ${bound(floor)}, cap ${bound(cap)}`),
    }
  },
  grades: ({ by, excellent, fair, good }, _, l) => ({
    subject: REGULATION_PART_WORDS.grades[l],
    text: say(
      l,
      `${by === 'with_bonus' ? '含加分' : '不含加分'}：${pointsText(excellent)} 分以上优秀，${pointsText(good)} 分以上良好，${pointsText(fair)} 分以上一般，其余较差`,
      `${by === 'with_bonus' ? 'with' : 'without'} bonus: excellent from ${pointsText(excellent)}, good from ${pointsText(good)}, fair from ${pointsText(fair)}, else poor`,
    ),
  }),
  vetoes: ({ atLeast, barsCommendation, gradeCap, misreports }, _, l) => ({
    subject: say(
      l,
      `${listOf(misreports, MISREPORT_KIND_WORDS, l)} ${atLeast} 次以上`,
      `${listOf(misreports, MISREPORT_KIND_WORDS, l)}, ${atLeast} or more`,
    ),
    text: say(
      l,
      `等次最高为${GRADE_WORDS[gradeCap][l]}${barsCommendation ? '，取消评优' : ''}`,
      `no better grade than ${GRADE_WORDS[gradeCap][l]}${barsCommendation ? ', no commendation' : ''}`,
    ),
  }),
  commendation: ({ grades, minEventsOwed }, _, l) => ({
    subject: REGULATION_PART_WORDS.commendation[l],
    text: say(
      l,
      `本季应报 ${minEventsOwed} 件以上，等次为${listOf(grades, GRADE_WORDS, l)}`,
      `${minEventsOwed} events owed or more, and graded ${listOf(grades, GRADE_WORDS, l)}`,
    ),
  }),
  groups: (groups, _, l) => ({
    subject: REGULATION_PART_WORDS.groups[l],
    text: groups.length === 0 ? say(l, '单位表中的各组', 'every group of the units') : joinWords(groups, l),
  }),
  filing: ({ forms, leadDays, moveTo }, _, l) => ({
    subject: forms.length === 0 ? REGULATION_PART_WORDS.filing[l] : listOf(forms, FILING_FORM_WORDS, l),
    text:
      forms.length === 0
        ? say(l, '不要求', 'none')
        : say(
            l,
            `放假前 ${leadDays} 天报齐${moveTo === 'previous_workday' ? '，遇休息日提前到前一个工作日' : ''}`,
            `due ${leadDays} days before the holiday${moveTo === 'previous_workday' ? ', on the workday before when that is none' : ''}`,
          ),
  }),
  phoneCheck: (phoneCheck, _, l) => {
    const { alternateLine, attempts, callBackSeconds, giveUpRings, maxRings, maxSeconds, spacingSeconds } =
      phoneSettingsOf({ phoneCheck })
    return {
      subject: REGULATION_PART_WORDS.phoneCheck[l],
      text: say(
        l,
        `响铃 ${maxRings} 声或 ${maxSeconds} 秒内接听，${giveUpRings} 声后可挂断；拨打 ${attempts} 次，间隔 ${spanText(spacingSeconds, l)}${alternateLine ? '，再拨备用号' : ''}；${spanText(callBackSeconds, l)}内回电算接通`,
        `answered within ${maxRings} rings or ${maxSeconds} s, given up after ${giveUpRings}; ${attempts} calls, ${spanText(spacingSeconds, l)} apart${alternateLine ? ', then the alternate line' : ''}; a call back within ${spanText(callBackSeconds, l)} counts`,
      ),
    }
  },
  dueProcess: ({ appealWorkingDays, explanationWorkingDays }, _, l) => ({
    subject: REGULATION_PART_WORDS.dueProcess[l],
    text: say(
      l,
      `说明 ${explanationWorkingDays} 个工作日内，申诉 ${appealWorkingDays} 个工作日内`,
      `explanation within ${explanationWorkingDays} working days, appeal within ${appealWorkingDays}`,
    ),
  }),
}

/** One provision of a regulation in plain words. */
export function describeProvision({ part, value }: Provision, regulation: Regulation, l: Language): ProvisionText {
  // Safe: part and value of a provision belong together.
  const describe = DESCRIBE[part] as Describe<RegulationPart>
  return describe(value as never, regulation, l)
}

export interface RuleCardLine extends ProvisionText {
  /** Label of its clause; null = the document as a whole. */
  readonly clause: string | null
}

export interface RuleCardPart {
  readonly part: RegulationPart
  readonly title: string
  readonly lines: readonly RuleCardLine[]
}

/** The whole regulation in plain words, part by part: what units are sent. Parts that say nothing are left out. */
export function writeRuleCard(regulation: Regulation, l: Language): RuleCardPart[] {
  const byPart = Map.groupBy(listProvisions(regulation), ({ part }) => part)
  return REGULATION_PARTS.flatMap((part) => {
    const lines = (byPart.get(part) ?? []).map((provision) => ({
      ...describeProvision(provision, regulation, l),
      clause: provision.clause === null ? null : clauseLabel(regulation, provision.clause),
    }))
    // Many rules of one printed clause have a number each.
    const seen = new Set<string>()
    const distinct = lines.filter(({ clause, subject, text }) => {
      const key = JSON.stringify([subject, text, clause])
      return !seen.has(key) && seen.add(key)
    })
    return lines.length === 0 ? [] : [{ part, title: REGULATION_PART_WORDS[part][l], lines: distinct }]
  })
}
