import type { DutyRoomItem, RoomItemShare } from '@zhidu/contract'
import { localDateOf, ROOM_ITEMS, type RoomAnswer, type RoomItem, type RoomStanding } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { type SheetCell, toSheetFile } from '../export/sheet-file.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { loadRoomsBelow, sharesOn } from './list-duty-rooms.ts'
import { toRoomItem } from './room-standings.ts'

interface Words {
  readonly title: string
  readonly head: readonly string[]
  readonly item: Readonly<Record<RoomItem, string>>
  readonly answer: Readonly<Record<RoomAnswer, string>>
  readonly standing: Readonly<Partial<Record<RoomStanding, string>>>
  readonly tail: readonly string[]
  readonly rotates: readonly [no: string, yes: string]
  readonly notMeasured: string
  readonly share: string
}

const WORDS: Readonly<Record<ExportLanguage, Words>> = {
  'zh-CN': {
    title: '值班室建设',
    head: ['单位编码', '单位', '值班方式'],
    item: {
      room: '值班室',
      rest_room: '夜间休息室',
      computer: '计算机',
      line: '专线电话',
      fax: '传真机',
      network: '网络设施',
      secrecy: '保密规定',
    },
    answer: { has: '有', has_not: '无', not_known: '未知', not_applicable: '不适用' },
    standing: { contradicted: '与自报不符', unconfirmed: '自报未核' },
    tail: ['在编专职', '其他专职', '24 小时轮流所需', '能否轮流', '近 12 个月培训', '最近查看'],
    rotates: ['不足', '能'],
    notMeasured: '未测量',
    share: '具备比例',
  },
  en: {
    title: 'Duty rooms',
    head: ['Code', 'Unit', 'Duty mode'],
    item: {
      room: 'Duty room',
      rest_room: 'Night rest room',
      computer: 'Computer',
      line: 'Dedicated line',
      fax: 'Fax',
      network: 'Network',
      secrecy: 'Secrecy rules',
    },
    answer: { has: 'has', has_not: 'has not', not_known: 'not known', not_applicable: 'not applicable' },
    standing: { contradicted: 'contradicts the unit', unconfirmed: 'not confirmed' },
    tail: [
      'Full-time regular',
      'Full-time other',
      'Needed around the clock',
      'Rotates',
      'Trainings in 12 months',
      'Looked at',
    ],
    rotates: ['too few', 'yes'],
    notMeasured: 'not measured',
    share: 'Share that has it',
  },
}
const MODES = { 'zh-CN': { room: '值班室', phone: '电话值班' }, en: { room: 'room', phone: 'telephone' } } as const

function toCells(item: DutyRoomItem, language: ExportLanguage): SheetCell[] {
  const words = WORDS[language]
  const { dutyMode, lookedOn, staffing, trainingCount, unitCode, unitName } = item
  const answers = item.items.map(({ answer, standing }) => {
    const mark = words.standing[standing]
    return mark === undefined ? words.answer[answer] : `${words.answer[answer]}（${mark}）`
  })
  const staff =
    staffing === null
      ? [null, null, null, null]
      : [staffing.regular, staffing.other, staffing.needed, words.rotates[staffing.canRotate ? 1 : 0]]
  return [unitCode, unitName, MODES[language][dutyMode], ...answers, ...staff, trainingCount, lookedOn]
}

function shareWords({ has, known, range }: RoomItemShare, words: Words): string {
  if (range === null) return words.notMeasured
  const percent = range.map((end) => `${Math.round(end * 100)}%`).join('–')
  return `${has}/${known}（95%: ${percent}）`
}

/** The rooms one level below with what each has, and what share has each item, as a workbook. */
export function exportDutyRooms(ctx: ServiceContext, language: ExportLanguage): Promise<ExportedFile> {
  const today = localDateOf(ctx.clock())
  const words = WORDS[language]
  return withSnapshot(ctx, today, async (db) => {
    const own = ownUnitOf(ctx)
    const below = await loadRoomsBelow(db, ctx, own)
    const nameOf = await loadNames(db, ctx)
    const labels = below.asked.map(({ key, label }) => {
      const known = ROOM_ITEMS.find((one) => one === key)
      return label ?? (known === undefined ? key : words.item[known])
    })
    const items = below.facts
      .map((facts) => toRoomItem(facts, below.asked, today))
      .toSorted((a, b) => b.gapCount - a.gapCount || b.unknownCount - a.unknownCount)
    const header = [...words.head, ...labels, ...words.tail]
    const shares = sharesOn(below, today).map((share) => shareWords(share, words))
    const title = `${own === null ? '' : `${nameOf(own)} `}${words.title} ${today}`
    return await toSheetFile(
      {
        title,
        name: words.title,
        createdAt: ctx.clock(),
        head: [],
        header,
        columns: header.map(() => ({ width: 16, format: 'general' as const })),
        rows: [...items.map((item) => toCells(item, language)), ['', words.share, '', ...shares]],
        notes: [],
      },
      'xlsx',
    )
  })
}
