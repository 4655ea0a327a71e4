/**
 * What may differ for a reader when only units out of its reach differ: places among peers, their number, their means. Read
 * by people; every line is needed, which the tests say as well.
 */
export interface ReviewedField {
  readonly path: string
  /** A place in the answer: `rows[].rank`. In a workbook `column <title>`, `row <text>`, `part <name>`; in CSV the first two. */
  readonly field: string
  readonly reason: string
}

const PLACE = 'a place is a place among all units of the group'
const SIZE = 'how many units the group has, without saying which'
const MEAN = 'means of a group in which three units or more are measured'

const SURE =
  'how sure places are hangs on how the whole group did; with fewer than three measured units nothing is said'

/** Nothing of what was hashed follows from it; it is published. */
const HASH = 'the hash of a frozen quarter, which names nothing in it'

/** Of the league table, on the dashboard and for other systems. */
const TABLE: readonly Omit<ReviewedField, 'path'>[] = [
  { field: 'rows[].rank', reason: PLACE },
  { field: 'rows[].tied', reason: PLACE },
  { field: 'rows[].previousRank', reason: PLACE },
  { field: 'total.unitCount', reason: SIZE },
  { field: 'total.measuredCount', reason: SIZE },
  { field: 'total.meanScore', reason: MEAN },
  { field: 'total.meanLost', reason: MEAN },
  { field: 'total.trend', reason: MEAN },
  { field: 'peers.count', reason: SIZE },
  { field: 'peers.scores', reason: 'the distribution, which names nobody' },
  { field: 'peers.top', reason: 'the first three places are told by name' },
]

/** How sure the places of a table are; the numbers come from all units of the group. */
const STANDING: readonly Omit<ReviewedField, 'path'>[] = [
  { field: 'measuredCount', reason: SIZE },
  ...['rankability', 'bandCount', 'bands'].map((field) => ({ field, reason: SURE })),
  ...[
    'rank',
    'rankInterval',
    'expectedRank',
    'topQuarter',
    'bottomQuarter',
    'first',
    'last',
    'band',
    'certain',
    'aboveNext',
  ].map((field) => ({ field: `rows[].${field}`, reason: PLACE })),
  { field: 'rows[].trueScore', reason: SURE },
  { field: 'rows[].fair', reason: SURE },
  { field: 'praise', reason: PLACE },
  { field: 'criticism', reason: PLACE },
]

export const REVIEWED: readonly ReviewedField[] = [
  { path: 'league.groups', field: '[].unitCount', reason: SIZE },
  { path: 'league.explainMove', field: 'rank', reason: PLACE },
  { path: 'league.explainMove', field: 'previousRank', reason: PLACE },
  { path: 'league.explainMove', field: 'rankedNow', reason: SIZE },
  { path: 'league.explainMove', field: 'rankedBefore', reason: SIZE },
  { path: 'league.explainMove', field: 'move.gain', reason: PLACE },
  { path: 'league.explainMove', field: 'move.shares', reason: PLACE },
  { path: 'league.explainMove', field: 'move.places', reason: PLACE },
  ...TABLE.map((one) => ({ path: 'league.table', ...one })),
  { path: 'indicator.group', field: 'unitCount', reason: SIZE },
  { path: 'indicator.group', field: 'groupShares', reason: MEAN },
  { path: 'indicator.group', field: 'peers.count', reason: SIZE },
  { path: 'indicator.group', field: 'peers.shares', reason: 'the distribution, which names nobody' },
  { path: 'indicator.trend', field: 'quarters[].groupShares', reason: MEAN },
  ...STANDING.map((one) => ({ path: 'league.standing', ...one })),
  { path: 'league.pair', field: 'probability', reason: SURE },
  { path: 'league.pair', field: 'certainty', reason: SURE },
  { path: 'overview.get', field: 'groups[].unitCount', reason: SIZE },
  { path: 'overview.get', field: 'groups[].rankedCount', reason: SIZE },
  { path: 'overview.get', field: 'groups[].top[].rank', reason: PLACE },
  { path: 'overview.get', field: 'groups[].top[].tied', reason: PLACE },
  { path: 'overview.get', field: 'changes', reason: 'units in reach whose place among all units changed' },
  { path: 'overview.get', field: 'changedCount', reason: 'the number of the same' },
  { path: 'unit.get', field: 'row.rank', reason: PLACE },
  { path: 'unit.get', field: 'row.tied', reason: PLACE },
  { path: 'unit.get', field: 'row.previousRank', reason: PLACE },
  { path: 'unit.get', field: 'rankedCount', reason: SIZE },
  { path: 'unit.get', field: 'groupUnitCount', reason: SIZE },
  { path: 'unit.get', field: 'groupMeanScore', reason: MEAN },
  { path: 'unit.get', field: 'groupMeanLost', reason: MEAN },
  { path: 'unit.get', field: 'groupMeanBonus', reason: MEAN },
  { path: 'unit.get', field: 'trend[].rank', reason: PLACE },
  { path: 'unit.get', field: 'trend[].rankedCount', reason: SIZE },
  { path: 'unit.get', field: 'trend[].groupMeanScore', reason: MEAN },
  { path: 'unit.get', field: 'previousUnit', reason: 'the place before, when that unit is in reach' },
  { path: 'unit.get', field: 'nextUnit', reason: 'the place after, when that unit is in reach' },
  { path: 'GET /files/league.xlsx', field: 'column 名次', reason: PLACE },
  { path: 'GET /files/league.xlsx', field: 'column 可能名次 自', reason: PLACE },
  { path: 'GET /files/league.xlsx', field: 'column 可能名次 至', reason: PLACE },
  ...['期望名次', '档', '真在前四分之一（%）', '真在后四分之一（%）', '同量可比名次', '同量应扣', '收缩比'].map(
    (title) => ({ path: 'GET /files/league.xlsx', field: `column ${title}`, reason: SURE }),
  ),
  { path: 'GET /files/league.xlsx', field: 'column 并列', reason: PLACE },
  { path: 'GET /files/league.xlsx', field: 'column 上季名次', reason: PLACE },
  { path: 'GET /files/league.xlsx', field: 'row 可排名性', reason: SURE },
  { path: 'GET /files/league.xlsx', field: 'row 全组', reason: SIZE },
  { path: 'GET /files/league.xlsx', field: 'row 组均', reason: MEAN },
  {
    path: 'GET /files/league.xlsx',
    field: 'part xl/worksheets/sheet2.xml',
    reason: 'the distribution and the first three',
  },
  ...(['csv', 'xlsx'] as const).flatMap((format) => [
    { path: `GET /files/funnel.${format}`, field: 'column 全组（%）', reason: MEAN },
    {
      path: `GET /files/funnel.${format}`,
      field: 'column 组内位置',
      reason: 'where a unit in reach lies to that mean',
    },
    { path: `GET /files/funnel.${format}`, field: 'row 其他', reason: SIZE },
    { path: `GET /files/units/:unitCode/trend.${format}`, field: 'column 全组（%）', reason: MEAN },
  ]),
  ...['league.table', 'league.standing', 'indicator.group', 'indicator.trend', 'overview.get', 'unit.get'].map(
    (path) => ({
      path,
      field: 'provenance.frozen.manifestSha256',
      reason: HASH,
    }),
  ),
  ...['unit.list', 'event.list', 'event.get', 'obligation.list', 'check.list', 'check.get'].map((path) => ({
    path,
    field: 'provenance.frozenApart.manifestSha256',
    reason: HASH,
  })),
  { path: 'quarter.list', field: 'quarters[].versions[].manifestSha256', reason: HASH },
  { path: 'quarter.list', field: 'quarters[].versions[].factCount', reason: SIZE },
  { path: 'quarter.list', field: 'quarters[].versions[].unitCount', reason: SIZE },
  { path: 'bulletin.get', field: 'provenance.frozen.manifestSha256', reason: HASH },
  { path: 'GET /files/bulletins/:bulletinId/annexes/:file', field: 'column 名次', reason: PLACE },
  { path: 'GET /files/bulletins/:bulletinId/annexes/:file', field: 'row 快照：', reason: HASH },
  // The same tables as in the workbooks, which are looked at cell by cell.
  { path: 'GET /files/bulletins/:bulletinId/bulletin.docx', field: 'part word/document.xml', reason: PLACE },
  { path: 'GET /files/bulletins/:bulletinId/bulletin.docx', field: 'part docProps/custom.xml', reason: HASH },
  ...['rank', 'rankRange'].map((field) => ({ path: 'meeting.sheet', field, reason: PLACE })),
  { path: 'meeting.sheet', field: 'unitCount', reason: SIZE },
  {
    path: 'GET /files/meetings/:meetingId/units/:unitCode/sheet.docx',
    field: 'part word/document.xml',
    reason: PLACE,
  },
  { path: 'quarter.difference', field: 'units[].before.rank', reason: PLACE },
  { path: 'quarter.difference', field: 'units[].after.rank', reason: PLACE },
]

/** The same for keys, which are told of the comparison by the league table alone. */
export const REVIEWED_REST: readonly ReviewedField[] = [...TABLE, { field: 'rows[].rankInterval', reason: PLACE }].map(
  (one) => ({ path: 'GET /api/v1/league', ...one }),
)
