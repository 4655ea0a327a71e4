/** What a column of a form is about, by the words over it. */
export type RosterColumn =
  | 'day'
  | 'from'
  | 'to'
  | 'leaderName'
  | 'leaderPost'
  | 'leaderPhone'
  | 'officerName'
  | 'officerPhone'
  | 'dutyPhone'
  | 'fax'
  | 'note'
export type WhereaboutsColumn = 'name' | 'post' | 'whole' | 'from' | 'to' | 'place'

/** Columns by their place; a missing place is not read. */
export type Columns<C extends string> = ReadonlyMap<number, C>

const PHONE = /电话|手机|号码|联系方式/
const NAME = /^(?:姓名|名字|人员|带班人|值班人)$/
const POST = /职务|职位|职级/
const OWN_LEADER = /带班|领导/
const OWN_OFFICER = /值班人|值班员|值守人|值班干部|工作人员|^值班$/

/** Without spaces, and without what stands in brackets. */
export function plainHead(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u3000]/g, '')
    .replace(/\([^)]*\)/g, '')
}

type Role = 'leader' | 'officer'

function ownRole(head: string): Role | null {
  if (OWN_LEADER.test(head)) return 'leader'
  return OWN_OFFICER.test(head) ? 'officer' : null
}

function single(head: string): RosterColumn | null {
  if (/^(?:值班|带班)?(?:日期|时间)$|^日期/.test(head)) return 'day'
  if (/开始|起始|上班|^起$|^自$/.test(head)) return 'from'
  if (/结束|下班|^止$|^至$/.test(head)) return 'to'
  if (/^(?:值班室?|单位值班)(?:固定|座机)?(?:电话|座机)$/.test(head)) return 'dutyPhone'
  if (/传真/.test(head)) return 'fax'
  return /备注|说明/.test(head) ? 'note' : null
}

function ofRole(role: Role, head: string): RosterColumn | null {
  if (PHONE.test(head)) return `${role}Phone`
  if (POST.test(head)) return role === 'leader' ? 'leaderPost' : null
  return NAME.test(head) || ownRole(head) !== null || head === '' ? `${role}Name` : null
}

/** The columns of 附件2 by one row of heads, or by two of which the upper one groups; null = this is no head. */
export function rosterColumns(upper: readonly string[], lower: readonly string[]): Columns<RosterColumn> | null {
  const columns = new Map<number, RosterColumn>()
  let role: Role | null = null
  const headAt = (heads: readonly string[], at: number): string => plainHead(heads[at] ?? '')
  for (let at = 0; at < Math.max(upper.length, lower.length); at += 1) {
    const [top, sub] = [headAt(upper, at), headAt(lower, at)]
    const alone = single(top) ?? (top === '' ? single(sub) : null)
    if (alone !== null) {
      columns.set(at, alone)
      role = null
      continue
    }
    role = ownRole(top) ?? role
    if (role === null) continue
    const own = sub === '' ? top : sub
    if (own === '') continue
    const column = ofRole(role, own)
    if (column !== null) columns.set(at, column)
  }
  const found = new Set(columns.values())
  return found.has('day') && (found.has('leaderName') || found.has('officerName')) ? columns : null
}

function whereaboutsColumn(head: string): WhereaboutsColumn | null {
  if (NAME.test(head) || /^(?:领导)?姓名/.test(head)) return 'name'
  if (POST.test(head)) return 'post'
  if (/去向|行程/.test(head)) return 'whole'
  if (/开始|起始|离开|出发|^起$|^自$/.test(head)) return 'from'
  if (/结束|返回|截止|^止$|^至$/.test(head)) return 'to'
  if (/地点|目的地|前往/.test(head)) return 'place'
  return /时间|日期/.test(head) ? 'from' : null
}

/** The columns of 附件1; null = this is no head. */
export function whereaboutsColumns(heads: readonly string[]): Columns<WhereaboutsColumn> | null {
  const columns = new Map<number, WhereaboutsColumn>()
  heads.forEach((text, at) => {
    const column = whereaboutsColumn(plainHead(text))
    if (column !== null) columns.set(at, column)
  })
  const found = new Set(columns.values())
  return found.has('name') && (found.has('whole') || found.has('place')) ? columns : null
}

/** The official forms' own order, for a table that comes without its heads. */
export const ROSTER_ORDER: Columns<RosterColumn> = new Map(
  (['day', 'leaderName', 'leaderPost', 'leaderPhone', 'officerName', 'officerPhone', 'note'] as const).entries(),
)
export const WHEREABOUTS_ORDER: Columns<WhereaboutsColumn> = new Map((['name', 'post', 'whole'] as const).entries())
