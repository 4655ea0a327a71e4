import type { RegulationItem, RegulationList, RegulationVersion } from '@zhidu/contract'
import { type Regulation, toQuarter } from '@zhidu/domain'

export function makeItem(document: Regulation, change: Partial<RegulationItem> = {}): RegulationItem {
  return {
    id: document.id,
    version: document.version,
    title: document.title,
    notice: document.notice,
    issuer: document.source.issuer,
    sourceDocument: document.source.document,
    state: 'published',
    effectiveFrom: null,
    effectiveUntil: null,
    revision: 1,
    changed: null,
    published: null,
    isOwn: false,
    ...change,
  }
}

export function makeVersion(document: Regulation, change: Partial<RegulationItem> = {}): RegulationVersion {
  // A copy as it would arrive.
  const copy = JSON.parse(JSON.stringify(document)) as RegulationVersion['document']
  return { item: makeItem(document, change), document: copy }
}

export function makeList(items: readonly RegulationItem[], change: Partial<RegulationList> = {}): RegulationList {
  return {
    items: [...items],
    quarters: [
      { quarter: toQuarter('2026Q4'), id: 'sample', version: '2026-1', hasEnded: false },
      { quarter: toQuarter('2026Q3'), id: 'sample', version: '2026-1', hasEnded: true },
    ],
    earliestEffectiveFrom: '2026-10-01',
    mayWrite: true,
    mayPublish: false,
    ...change,
  }
}
