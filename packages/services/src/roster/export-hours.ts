import type { PersonHoursItem, RosterHours, RosterHoursInput } from '@zhidu/contract'
import { asReadonly } from '@zhidu/db'
import type { SheetColumn } from '@zhidu/documents'
import { localDateOf } from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { type SheetCell, toSheetFile } from '../export/sheet-file.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { readHours } from './get-hours.ts'
import { mayKeep } from './keeper.ts'

const COLUMNS: readonly SheetColumn[] = [
  { width: 12, format: 'text' },
  { width: 16, format: 'text' },
  { width: 18, format: 'text' },
  { width: 8, format: 'integer' },
  { width: 10, format: 'points' },
  { width: 10, format: 'points' },
  { width: 10, format: 'points' },
  { width: 12, format: 'points' },
  { width: 12, format: 'points' },
  { width: 26, format: 'text' },
]
const WORDS = {
  'zh-CN': {
    what: '值班时长',
    role: { leader: '带班领导', officer: '值班员' },
    header: ['岗位', '姓名', '职务', '班次', '小时', '其中夜间', '其中法定假日', '最长连续', '与均值之比', '提示'],
    over: '超过均值 15%',
    long: '连续超过 24 小时',
    masked: '姓名已遮掩',
    period: '统计区间',
    notes: [
      '夜间为 22:00 至次日 06:00；同一时段重叠的班次只计一次。',
      '均值为同一岗位在区间内值过班的人员的平均；仅一人时不比较。',
    ],
    unknown: '放假安排未公布的年份（不计假日时长）',
  },
  en: {
    what: 'duty hours',
    role: { leader: 'Leader on duty', officer: 'Officer on duty' },
    header: ['Role', 'Name', 'Post', 'Shifts', 'Hours', 'of it night', 'of it holiday', 'Longest', 'Of mean', 'Marks'],
    over: '15 % above the mean',
    long: 'more than 24 hours on end',
    masked: 'names masked',
    period: 'Period',
    notes: [
      'Night is 22:00 to 06:00; a time that two shifts cover counts once.',
      'The mean is that of everybody of the role with duty in the period; nobody is compared when there is one.',
    ],
    unknown: 'Years without a notice of holidays (no holiday hours)',
  },
} as const

function toCells(person: PersonHoursItem, language: ExportLanguage): SheetCell[] {
  const words = WORDS[language]
  const marks = [...(person.isOverMean ? [words.over] : []), ...(person.isTooLong ? [words.long] : [])]
  const { holidayHours, hours, longestHours, nightHours, ofMean, post, shiftCount } = person
  const sums = [shiftCount, hours, nightHours, holidayHours, longestHours, ofMean]
  return [words.role[person.role], person.person, post, ...sums, marks.join(language === 'en' ? '; ' : '；')]
}

function toFile(
  hours: RosterHours & { readonly unitName: string },
  ctx: ServiceContext,
  language: ExportLanguage,
): Promise<ExportedFile> {
  const words = WORDS[language]
  const { from, isMasked, notAnnounced, to, unitName } = hours
  const last = localDateOf(Date.parse(to) - 1)
  const unknown = notAnnounced.length === 0 ? [] : [`${words.unknown}: ${notAnnounced.join(', ')}`]
  return toSheetFile(
    {
      title: `${unitName} ${words.what} ${from.slice(0, 10)}–${last}`,
      name: words.what,
      createdAt: ctx.clock(),
      head: [`${words.period}: ${from.slice(0, 10)}–${last}${isMasked ? `　${words.masked}` : ''}`],
      header: words.header,
      columns: COLUMNS,
      rows: hours.people.map((person) => toCells(person, language)),
      notes: [...words.notes, ...unknown],
    },
    'xlsx',
  )
}

/**
 * Hours per person as a workbook. Names are masked but for the unit's own keeper, and for whoever may see them and says why, which goes into
 * the audit trail. Throws ServiceError `forbidden` for a reason of somebody who may not.
 */
export function exportRosterHours(
  ctx: ServiceContext,
  input: RosterHoursInput & { readonly reason?: string | undefined },
  language: ExportLanguage,
): Promise<ExportedFile> {
  const { from, reason, to, unitCode } = input
  if (reason === undefined) {
    const isMasked = !mayKeep(ctx, unitCode)
    return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) =>
      toFile(await readHours(db, ctx, input, isMasked), ctx, language),
    )
  }
  if (!mayReveal(ctx.actor)) return Promise.reject(new ServiceError('forbidden', 'role_forbids'))
  const what = { action: 'export.rosterHours', object: `unitCode/${unitCode}`, detail: { from, to, reason } }
  return withChange(ctx, what, async (trx) =>
    toFile(await readHours(asReadonly(trx), ctx, input, false), ctx, language),
  )
}
