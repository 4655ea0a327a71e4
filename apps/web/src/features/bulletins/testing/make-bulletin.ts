import type { BulletinCheck, BulletinItem, BulletinPage } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { makeMeta } from '../../../testing/make-meta.ts'

export const BULLETIN_ID = '0190a000-0000-7000-8000-0000000000cc'

export function makeItem(more: Partial<BulletinItem> = {}): BulletinItem {
  return {
    bulletinId: BULLETIN_ID,
    kind: 'bulletin',
    quarter: toQuarter('2026Q3'),
    title: '关于2026年第三季度全市政府系统值班工作情况的通报',
    officeName: '岭安市',
    isOwn: true,
    state: 'draft',
    version: 1,
    newestVersion: 1,
    revision: 3,
    changedAt: '2026-10-09T16:12:00+08:00',
    changedBy: '考核甲',
    publishedAt: null,
    publishedBy: null,
    ...more,
  }
}

const FIELD = { kind: 'field', key: 'all/late', version: 1, text: '67', reason: null } as const

export function makeCheck(text = '67'): BulletinCheck {
  return {
    revision: 3,
    checkedAt: '2026-10-09T16:12:00+08:00',
    newestVersion: 1,
    fields: [
      {
        paragraphId: 'p2',
        run: 1,
        field: { ...FIELD, text },
        state: text === '67' ? 'same' : 'changed',
        bound: '67',
        newest: '67',
      },
    ],
    loose: [],
    problems: text === '67' ? [] : ['unexplained'],
    annexes: [{ number: 1, title: '市直组值班工作考核排名表', rowCount: 31, file: 'annex-1.xlsx' }],
    isPreviousMissing: false,
  }
}

export function makePage(more: Partial<BulletinPage> = {}, text = '67'): BulletinPage {
  return {
    item: makeItem(),
    provenance: makeMeta().provenance,
    document: {
      version: 1,
      paragraphs: [
        { id: 'p1', style: 'title', runs: [{ kind: 'text', text: '通报' }] },
        {
          id: 'p2',
          style: 'body',
          runs: [
            { kind: 'text', text: '迟报' },
            { ...FIELD, text },
            { kind: 'text', text: '件。' },
          ],
        },
      ],
    },
    steps: [{ kind: 'revised', revision: 3, at: '2026-10-09T16:12:00+08:00', by: '考核甲', note: null }],
    isMine: true,
    corrects: null,
    corrections: [],
    ...more,
  }
}
