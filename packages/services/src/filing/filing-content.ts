import { FormIssues, HolidayContentInput } from '@zhidu/contract'
import {
  type FormIssue,
  type HolidayContent,
  maskName,
  maskPhone,
  type RosterRow,
  toPlainDate,
  type WhereaboutsRow,
} from '@zhidu/domain'

/** Days are dates by the schema; here they are branded. */
export function toContent(input: HolidayContentInput): HolidayContent {
  if (input.form === 'whereabouts') return input
  return { ...input, rows: input.rows.map((row) => ({ ...row, day: row.day === null ? null : toPlainDate(row.day) })) }
}

/** What is stored was checked when it came. */
export function parseContent(text: string): HolidayContent {
  return toContent(HolidayContentInput.parse(JSON.parse(text)))
}

export function parseWarnings(text: string): FormIssue[] {
  return FormIssues.parse(JSON.parse(text))
}

/** As the contract has it: with arrays that may be written to. */
export function toView(content: HolidayContent): HolidayContentInput {
  return content.form === 'whereabouts'
    ? { ...content, rows: content.rows.map((row) => ({ ...row })) }
    : { ...content, rows: content.rows.map((row) => ({ ...row })) }
}

const hidePhone = (phone: string): string => (phone.trim() === '' ? phone : maskPhone(phone))

function hideWhereabouts(row: WhereaboutsRow): WhereaboutsRow {
  return { ...row, name: maskName(row.name) }
}

function hideRoster(row: RosterRow): RosterRow {
  return {
    ...row,
    leaderName: maskName(row.leaderName),
    leaderPhone: hidePhone(row.leaderPhone),
    officerName: maskName(row.officerName),
    officerPhone: hidePhone(row.officerPhone),
  }
}

/** Names and numbers of people hidden; the duty room's own numbers stay. */
export function maskContent(content: HolidayContent): HolidayContent {
  const filled = { filledBy: maskName(content.filledBy), phone: hidePhone(content.phone) }
  return content.form === 'whereabouts'
    ? { ...content, ...filled, rows: content.rows.map(hideWhereabouts) }
    : { ...content, ...filled, rows: content.rows.map(hideRoster) }
}

/** The rows as lines of text, for who asked for them with a reason. */
export function toLines(content: HolidayContent): string {
  const lines =
    content.form === 'whereabouts'
      ? content.rows.map((row) => [row.name, row.post, row.from ?? '', row.to ?? '', row.place].join(' '))
      : content.rows.map((row) =>
          [row.day ?? '', row.leaderName, row.leaderPost, row.leaderPhone, row.officerName, row.officerPhone].join(' '),
        )
  return [...lines, `${content.filledBy} ${content.phone}`].map((line) => line.trim()).join('\n')
}
